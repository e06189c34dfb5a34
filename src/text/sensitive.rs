use std::fmt;

/// A value of a patient. It has no `Display`, and its `Debug` says nothing, so that it cannot end up in a
/// log, an error or a panic message by accident; [`Sensitive::expose`] is the one, searchable, way in.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Sensitive<T>(T);

impl<T> Sensitive<T> {
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Every caller answers for where it goes.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_says_nothing_of_the_value() {
        let text = format!("{:?} {:#?}", Sensitive::new("Example"), Some(Sensitive::new(1961)));
        assert!(!text.contains("Example") && !text.contains("1961"), "{text}");
    }
}
