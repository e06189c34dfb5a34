use super::{
    Action, Chord, Context, Scope,
    chord::{sequence, written},
};
use crate::text::line_number;
use std::{collections::BTreeMap, fmt};
use toml::de::{DeTable, DeValue};

/// A file of bindings and a line in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub file: String,
    pub line: usize,
}

/// Keys that do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub scope: Scope,
    pub keys: Vec<Chord>,
    pub action: Action,
    pub origin: Origin,
}

/// Why a keymap does not stand. Names the file and the line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    #[error("{at}: {why}")]
    Syntax { at: Origin, why: String },
    #[error("{at}: no section is named [{name}]; there are {}", sections())]
    Section { at: Origin, name: String },
    #[error("{at}: no action is named {name:?}{}", similar(.name))]
    Action { at: Origin, name: String },
    #[error("{at}: {action} does not work in [{section}]; it belongs in [{}]", Action::named(.action).map_or("", |a| a.entry().scope.name()))]
    Misplaced { at: Origin, action: &'static str, section: &'static str },
    #[error("{at}: nothing to take away: {keys} does nothing in [{section}]")]
    Unbound { at: Origin, keys: String, section: &'static str },
    #[error("{a} and {b} conflict: {}", clash(.a, .b))]
    Conflict { a: Box<Binding>, b: Box<Binding> },
}

/// Which keys do what, as a tree of chords for each context.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<Binding>,
    roots: BTreeMap<Context, Node>,
}

/// What is known after some chords.
#[derive(Debug, Clone, Default)]
pub(super) struct Node {
    /// The index of the binding that ends here; then nothing follows.
    binding: Option<usize>,
    pub next: BTreeMap<Chord, Node>,
}

/// One line of a file of bindings; no action takes the default away.
type Line = (Scope, Vec<Chord>, Option<Action>, Origin);

impl Keymap {
    /// The keymap of the program, changed by a user's file where there is one: a key that is bound there does
    /// not do what it did, and one that is bound to `"none"` does nothing.
    pub fn load(patch: Option<(&str, &str)>) -> Result<Self, Vec<KeyError>> {
        let mut bindings = Vec::new();
        let mut errors = Vec::new();
        for (file, text) in std::iter::once(("keymap.toml", DEFAULT)).chain(patch) {
            let lines = lines(file, text, &mut errors);
            let bound =
                |scope, keys: &[Chord]| bindings.iter().any(|b: &Binding| b.scope == scope && b.keys == keys);
            let idle =
                lines.iter().filter(|(scope, keys, action, _)| action.is_none() && !bound(*scope, keys));
            errors.extend(idle.map(|(scope, keys, _, at)| KeyError::Unbound {
                at: at.clone(),
                keys: written(keys),
                section: scope.name(),
            }));
            bindings.retain(|b: &Binding| !lines.iter().any(|(s, k, ..)| *s == b.scope && *k == b.keys));
            bindings.extend(lines.into_iter().filter_map(|(scope, keys, action, origin)| {
                action.map(|action| Binding { scope, keys, action, origin })
            }));
        }
        let roots = Context::ALL.map(|context| (context, tree(context, &bindings, &mut errors)));
        // A conflict in a section that several contexts share is one conflict.
        let mut seen: Vec<KeyError> = Vec::new();
        errors.retain(|error| {
            let new = !seen.contains(error);
            if new {
                seen.push(error.clone());
            }
            new
        });
        if errors.is_empty() { Ok(Self { bindings, roots: roots.into() }) } else { Err(errors) }
    }

    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    fn keys(&self, action: Action) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |b| b.action == action)
    }

    /// The keys of an action that work there, those of the program's own file first.
    pub fn keys_in(&self, context: Context, action: Action) -> impl Iterator<Item = String> {
        self.keys(action).filter(move |b| context.scopes().contains(&b.scope)).map(|b| written(&b.keys))
    }

    /// The first keys of an action; empty where it has none.
    pub fn key(&self, action: Action) -> String {
        self.keys(action).next().map(|b| written(&b.keys)).unwrap_or_default()
    }

    pub(super) fn node(&self, context: Context, keys: &[Chord]) -> Option<&Node> {
        keys.iter().try_fold(self.roots.get(&context)?, |node, chord| node.next.get(chord))
    }

    pub(super) fn action(&self, node: &Node) -> Option<Action> {
        self.bindings.get(node.binding?).map(|binding| binding.action)
    }
}

const DEFAULT: &str = include_str!("../../../assets/keymap.toml");

fn tree(context: Context, bindings: &[Binding], errors: &mut Vec<KeyError>) -> Node {
    let mut root = Node::default();
    for (at, binding) in bindings.iter().enumerate() {
        if !context.scopes().contains(&binding.scope) {
            continue;
        }
        let mut node = &mut root;
        let mut other = None;
        for &chord in &binding.keys {
            other = other.or(node.binding);
            node = node.next.entry(chord).or_default();
        }
        match other.or(node.binding).or_else(|| node.first()) {
            Some(other) => errors.extend(bindings.get(other).map(|other| KeyError::Conflict {
                a: Box::new(other.clone()),
                b: Box::new(binding.clone()),
            })),
            None => node.binding = Some(at),
        }
    }
    root
}

impl Node {
    /// Some binding below it.
    fn first(&self) -> Option<usize> {
        self.next.values().find_map(|node| node.binding.or_else(|| node.first()))
    }
}

fn lines(file: &str, text: &str, errors: &mut Vec<KeyError>) -> Vec<Line> {
    let origin = |at: usize| Origin { file: file.to_owned(), line: line_number(text, at) };
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let at = origin(error.span().map_or(0, |span| span.start));
            errors.push(KeyError::Syntax { at, why: error.message().to_owned() });
            return Vec::new();
        }
    };
    let mut out: Vec<Line> = Vec::new();
    for (section, entries) in &table {
        let at = origin(section.span().start);
        let name = section.get_ref().to_string();
        let Some(scope) = Scope::ALL.into_iter().find(|scope| scope.name() == name) else {
            errors.push(KeyError::Section { at, name });
            continue;
        };
        let Some(entries) = entries.get_ref().as_table() else {
            errors.push(KeyError::Syntax { at, why: format!("[{name}] has to be a section") });
            continue;
        };
        for (keys, action) in entries {
            let at = origin(keys.span().start);
            match line(scope, keys.get_ref(), action.get_ref(), &at) {
                Ok((keys, action)) => out.push((scope, keys, action, at)),
                Err(error) => errors.push(error),
            }
        }
    }
    out.sort_by_key(|(.., origin)| origin.line);
    out
}

fn line(
    scope: Scope,
    keys: &str,
    action: &DeValue<'_>,
    at: &Origin,
) -> Result<(Vec<Chord>, Option<Action>), KeyError> {
    let keys = sequence(keys).map_err(|why| KeyError::Syntax { at: at.clone(), why })?;
    let name = action.as_str().ok_or_else(|| KeyError::Syntax {
        at: at.clone(),
        why: "a key is bound to the name of an action, in quotes".to_owned(),
    })?;
    if name == "none" {
        return Ok((keys, None));
    }
    let action =
        Action::named(name).ok_or_else(|| KeyError::Action { at: at.clone(), name: name.to_owned() })?;
    if !scope.allows(action.entry().scope) {
        let (action, section) = (action.name(), scope.name());
        return Err(KeyError::Misplaced { at: at.clone(), action, section });
    }
    Ok((keys, Some(action)))
}

fn sections() -> String {
    Scope::ALL.map(|scope| format!("[{}]", scope.name())).join(" ")
}

/// A hint at an action whose name is nearly that.
fn similar(name: &str) -> String {
    let shares = |known: &str| {
        let common = known.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
        2 * common >= name.chars().count().max(3)
    };
    match super::action::TABLE.iter().find(|entry| shares(entry.name) || entry.name.contains(name)) {
        Some(entry) if !name.is_empty() => format!("; did you mean {:?}?", entry.name),
        _ => String::new(),
    }
}

fn clash(a: &Binding, b: &Binding) -> &'static str {
    if a.keys == b.keys { "the same key" } else { "one is the beginning of the other" }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (keys, scope) = (written(&self.keys), self.scope.name());
        write!(f, "{}: {keys} = {} in [{scope}]", self.origin, self.action.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(patch: &str) -> String {
        let errors = Keymap::load(Some(("mine.toml", patch))).unwrap_err();
        errors.iter().map(|error| format!("{error}\n")).collect()
    }

    #[test]
    fn the_programs_own_keymap_stands_and_binds_every_action() {
        let keymap = Keymap::load(None).unwrap();
        for entry in super::super::action::TABLE {
            assert!(!keymap.key(entry.action).is_empty(), "{} has no key", entry.name);
        }
    }

    #[test]
    fn a_patch_changes_and_removes() {
        let keymap = Keymap::load(Some(("m", "[always]\nx = \"none\"\n'g x' = \"reveal\"\n"))).unwrap();
        assert_eq!(keymap.keys_in(Context::Tags, Action::Reveal).collect::<Vec<_>>(), ["gx"]);
    }

    #[test]
    fn a_conflict_names_both() {
        let text = errors("[tags]\n\n'x' = \"findings-only\"\n");
        assert!(
            text.contains("x = reveal in [always]") && text.contains("mine.toml:3: x = findings-only"),
            "{text}"
        );
        let text = errors("[all]\n']' = \"help\"\n");
        assert!(
            text.contains("one is the beginning of the other") && text.contains("]b = next-box"),
            "{text}"
        );
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        for (patch, expected) in [
            ("[all]\n'x' = 'revael'", "mine.toml:2: no action is named \"revael\"; did you mean \"reveal\"?"),
            ("\n\n[al]\nx = 'reveal'", "mine.toml:3: no section is named [al]"),
            ("[view]\n'x' = 'sort'", "mine.toml:2: sort does not work in [view]; it belongs in [library]"),
            ("[all]\n'Foo-x' = 3", "mine.toml:2: a key is bound to the name of an action"),
            ("[all]\n'C-Foo' = 'help'", "mine.toml:2: no key is named Foo"),
            ("[all]\nx = ", "mine.toml:2: "),
            ("[all]\n\nx = 'none'", "mine.toml:3: nothing to take away: x does nothing in [all]"),
        ] {
            let text = errors(patch);
            assert!(text.contains(expected), "{text}");
        }
    }
}
