use ratatui::buffer::Buffer;

/// Puts something of ASCII in place of every symbol that a terminal without Unicode would garble.
pub fn fold(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        if cell.symbol().is_ascii() {
            continue;
        }
        let plain = match cell.symbol() {
            "╭" | "╮" | "╰" | "╯" | "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┼" => "+",
            "─" | "━" | "–" | "—" => "-",
            "│" => "|",
            "┃" | "█" => "#",
            "▾" => "v",
            "▸" | "›" | "→" => ">",
            "•" | "✓" => "*",
            "·" => ".",
            "…" => "~",
            "×" => "x",
            "≥" => ">",
            "↑" => "^",
            "↓" => "v",
            "←" => "<",
            "≠" => "!",
            "↔" => "/",
            _ => "?",
        };
        cell.set_symbol(plain);
    }
}
