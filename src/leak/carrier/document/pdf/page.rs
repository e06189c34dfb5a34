use super::font::Font;
use super::object::{Lexer, Object, Token};
use std::rc::Rc;

/// Operands in front of an operator.
const MOST_OPERANDS: usize = 512;
/// Saved states.
const MOST_STATES: usize = 64;
/// Text of one page.
const MOST_TEXT: usize = 1 << 20;

/// The text that content streams show, and what of it could not be read.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub text: String,
    pub unknown: usize,
    /// Images in line.
    pub images: usize,
    /// What is painted by name: images and forms.
    pub painted: Vec<String>,
}

#[derive(Clone, Copy)]
struct Matrix([f32; 6]);

impl Matrix {
    const ONE: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this, then `other`.
    fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, other.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    fn moved(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }
}

/// Reads a content stream (sections 8 and 9): words that stand on a line are put on one, with spaces where there are
/// gaps.
pub(super) fn read(content: &[u8], font_of: &mut dyn FnMut(&str) -> Option<Rc<Font>>, shown: &mut Shown) {
    let mut state = State {
        page: Matrix::ONE,
        line: Matrix::ONE,
        text: Matrix::ONE,
        leading: 0.0,
        size: 1.0,
        spacing: 0.0,
        font: Rc::new(Font::default()),
        end: None,
    };
    let mut saved = Vec::new();
    let mut operands: Vec<Object> = Vec::new();
    let mut lexer = Lexer::new(content, 0);
    loop {
        let at = lexer.at;
        let Some(token) = lexer.next() else { break };
        let Token::Word(word) = token else {
            lexer.at = at;
            match lexer.object() {
                Some(object) if operands.len() < MOST_OPERANDS => operands.push(object),
                Some(_) => {}
                // A bracket without its other half.
                None if lexer.at <= at => lexer.at = at + 1,
                None => {}
            }
            continue;
        };
        match word {
            b"q" if saved.len() < MOST_STATES => saved.push(state.page),
            b"Q" => state.page = saved.pop().unwrap_or(state.page),
            b"BI" => {
                shown.images += 1;
                lexer.at = after_image(content, lexer.at);
            }
            b"Tf" => {
                if let [.., Object::Name(name), Object::Number(size)] = operands.as_slice() {
                    state.size = *size as f32;
                    state.font = font_of(name).unwrap_or_default();
                }
            }
            _ => state.operator(word, &operands, shown),
        }
        operands.clear();
        if shown.text.len() > MOST_TEXT {
            break;
        }
    }
    shown.text.push('\n');
}

struct State {
    page: Matrix,
    line: Matrix,
    text: Matrix,
    leading: f32,
    size: f32,
    spacing: f32,
    font: Rc<Font>,
    /// Where the last text ended, on the page.
    end: Option<(f32, f32)>,
}

impl State {
    fn operator(&mut self, word: &[u8], operands: &[Object], shown: &mut Shown) {
        let number = |at: usize| operands.get(at).and_then(Object::number).unwrap_or(0.0) as f32;
        match word {
            b"cm" => self.page = Matrix([0, 1, 2, 3, 4, 5].map(number)).then(self.page),
            b"BT" => self.set(Matrix::ONE),
            b"Td" => self.set(Matrix::moved(number(0), number(1)).then(self.line)),
            b"TD" => {
                self.leading = -number(1);
                self.set(Matrix::moved(number(0), number(1)).then(self.line));
            }
            b"Tm" => self.set(Matrix([0, 1, 2, 3, 4, 5].map(number))),
            b"TL" => self.leading = number(0),
            b"Tc" => self.spacing = number(0),
            b"T*" => self.next_line(),
            b"Tj" => self.show(operands, shown),
            b"'" => {
                self.next_line();
                self.show(operands, shown);
            }
            b"\"" => {
                self.next_line();
                self.show(operands.get(2..).unwrap_or_default(), shown);
            }
            b"TJ" => self.show(operands.first().map_or(&[], Object::each), shown),
            b"Do" => {
                if let (Some(Object::Name(name)), 0..256) = (operands.first(), shown.painted.len()) {
                    shown.painted.push(name.clone());
                }
            }
            b"BDC" => {
                let dict = operands.get(1).and_then(Object::dict);
                for key in ["ActualText", "Alt", "E"] {
                    if let Some(Object::Text(text)) = dict.and_then(|dict| dict.get(key)) {
                        shown.text.push_str(&super::text_of(text));
                        shown.text.push(' ');
                    }
                }
            }
            _ => {}
        }
    }

    fn set(&mut self, matrix: Matrix) {
        (self.line, self.text) = (matrix, matrix);
    }

    fn next_line(&mut self) {
        self.set(Matrix::moved(0.0, -self.leading).then(self.line));
    }

    fn show(&mut self, parts: &[Object], shown: &mut Shown) {
        for part in parts {
            match part {
                Object::Number(back) => {
                    let step = -(*back as f32) / 1000.0 * self.size;
                    self.text = Matrix::moved(step, 0.0).then(self.text);
                }
                Object::Text(bytes) => self.show_text(bytes, shown),
                _ => {}
            }
        }
    }

    fn show_text(&mut self, bytes: &[u8], shown: &mut Shown) {
        let [a, b, _, _, x, y] = self.text.then(self.page).0;
        // The size of a letter along the line, on the page.
        let scale = (a * a + b * b).sqrt() * self.size.abs();
        if let Some((end_x, end_y)) = self.end {
            let along = ((x - end_x) * a + (y - end_y) * b) / (a * a + b * b).sqrt().max(f32::MIN_POSITIVE);
            let across = ((y - end_y) * a - (x - end_x) * b) / (a * a + b * b).sqrt().max(f32::MIN_POSITIVE);
            let open = !shown.text.ends_with([' ', '\n']);
            if across.abs() > scale * 0.5 || along < -scale {
                shown.text.push('\n');
            } else if along > scale * 0.18 && open {
                shown.text.push(' ');
            }
        }
        let (width, unknown) = self.font.decode(bytes, &mut shown.text);
        shown.unknown += unknown;
        let width = width / 1000.0 * self.size + self.spacing * bytes.len() as f32;
        self.text = Matrix::moved(width, 0.0).then(self.text);
        let [_, _, _, _, x, y] = self.text.then(self.page).0;
        self.end = Some((x, y));
    }
}

/// Behind the `EI` of an inline image.
fn after_image(content: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = content.get(at..).and_then(|rest| memchr::memmem::find(rest, b"EI")) {
        at += found + 2;
        let before = content.get(at.wrapping_sub(3)).is_some_and(|&b| super::object::is_space(b));
        let after = content.get(at).is_none_or(|&b| super::object::is_space(b));
        if before && after {
            return at;
        }
    }
    content.len()
}
