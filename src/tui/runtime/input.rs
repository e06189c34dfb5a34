use crate::tui::keys::{Chord, Key};
use crossbeam_channel::{Receiver, Sender, bounded};
use ratatui::crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use std::{thread, time::Duration};

/// What the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Key(Chord),
    Paste(String),
    Resize(u16, u16),
    Click(u16, u16),
    Wheel {
        x: u16,
        y: u16,
        down: bool,
    },
    /// Nothing will come any more.
    Gone,
}

/// Reads the terminal in a thread of its own, and only when asked to: between [`Keyboard::more`] and the answer.
/// So another program can have the terminal in between.
#[derive(Debug)]
pub struct Keyboard {
    pub batches: Receiver<Vec<Input>>,
    ask: Sender<()>,
}

/// Inputs in one batch.
const MOST: usize = 4096;

impl Keyboard {
    pub fn start() -> std::io::Result<Self> {
        let (ask, asked) = bounded::<()>(1);
        let (send, batches) = bounded(1);
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || {
            while asked.recv().is_ok() {
                let batch = read();
                let gone = batch.contains(&Input::Gone);
                if send.send(batch).is_err() || gone {
                    break;
                }
            }
        })?;
        let keyboard = Self { batches, ask };
        keyboard.more();
        Ok(keyboard)
    }

    /// Asks for the next batch, which comes when there is something in it.
    pub fn more(&self) {
        // Full: it is asked for already.
        let _ = self.ask.try_send(());
    }
}

/// Waits for an input, and takes what else is there.
fn read() -> Vec<Input> {
    let mut batch = Vec::new();
    loop {
        match event::read() {
            Ok(event) => batch.extend(input(event)),
            Err(_) => {
                batch.push(Input::Gone);
                return batch;
            }
        }
        let more = batch.len() < MOST && event::poll(Duration::ZERO).unwrap_or(false);
        if !batch.is_empty() && !more {
            return batch;
        }
    }
}

fn input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => chord(key).map(Input::Key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(width, height) => Some(Input::Resize(width, height)),
        Event::Mouse(MouseEvent { kind, column: x, row: y, .. }) => match kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Input::Click(x, y)),
            MouseEventKind::ScrollDown => Some(Input::Wheel { x, y, down: true }),
            MouseEventKind::ScrollUp => Some(Input::Wheel { x, y, down: false }),
            _ => None,
        },
        _ => None,
    }
}

fn chord(key: KeyEvent) -> Option<Chord> {
    let mut shift = key.modifiers.contains(KeyModifiers::SHIFT);
    let name = match key.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab => Key::Tab,
        KeyCode::BackTab => {
            shift = true;
            Key::Tab
        }
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Insert => Key::Insert,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::F(number) => Key::F(number),
        _ => return None,
    };
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    Some(Chord { key: name, ctrl, alt, shift }.normal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for (code, modifiers, written) in [
            (KeyCode::Char('G'), KeyModifiers::SHIFT, "G"),
            (KeyCode::Char('d'), KeyModifiers::CONTROL, "C-d"),
            (KeyCode::BackTab, KeyModifiers::SHIFT, "S-Tab"),
            (KeyCode::BackTab, KeyModifiers::NONE, "S-Tab"),
            (KeyCode::Char(' '), KeyModifiers::NONE, "Space"),
            (KeyCode::Left, KeyModifiers::ALT, "A-Left"),
        ] {
            assert_eq!(chord(KeyEvent::new(code, modifiers)).unwrap().to_string(), written);
        }
    }
}
