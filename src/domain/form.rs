//! Values read from JSON: a text is parsed once, and what it should hold is looked up in the tree. A derived reader for
//! each type would weigh more than all that is done with what they read.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::failure::misread;

pub trait Form: Sized {
    /// None where the value has another form. A member that is not there is null.
    fn of(value: &Value) -> Option<Self>;
}

/// What a text holds, or why that cannot be told.
pub fn read<T: Form>(text: impl AsRef<[u8]>) -> Result<T, String> {
    T::of(&tree(text.as_ref())?).ok_or_else(|| "another form".to_owned())
}

pub fn tree(text: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(text).map_err(|error| misread(&error))
}

/// What others tell: of any member but these nothing is read, whatever it holds, and none of these stands there twice.
/// The rest are null.
pub fn only(names: &[&str], text: &[u8]) -> Result<Value, serde_json::Error> {
    let mut text = serde_json::Deserializer::from_slice(text);
    let value = Only(names).deserialize(&mut text)?;
    text.end().map(|()| value)
}

#[derive(Clone, Copy)]
struct Only<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Only<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<Value, D::Error> {
        text.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Only<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            list.push(value);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if !self.0.contains(&name.as_str()) {
                map.next_value::<IgnoredAny>()?;
                members.insert(name, Value::Null);
            } else if members.insert(name, map.next_value_seed(self)?).is_some() {
                return Err(A::Error::custom("a member that stands there twice"));
            }
        }
        Ok(members.into())
    }
}

/// As serde writes it, which for a tree cannot fail. Its own `to_string` would bring a second writer.
pub fn text(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What [`object`] stands for.
pub fn put_together(members: &mut [(&str, Value)]) -> Value {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert((*name).to_owned(), value.take());
    }
    object.into()
}

pub fn member<T: Form>(members: &Map<String, Value>, name: &str) -> Option<T> {
    T::of(members.get(name).unwrap_or(&Value::Null))
}

/// A case: its word alone, or an object of its word and what belongs to it.
pub fn case(value: &Value) -> Option<(&str, &Value)> {
    match value {
        Value::String(word) => Some((word, &Value::Null)),
        Value::Object(members) if members.len() == 1 => {
            members.iter().next().map(|(word, inner)| (word.as_str(), inner))
        }
        _ => None,
    }
}

/// Structs by their members, enums by the words of their cases: the form that serde writes them in. A member may have
/// another name in JSON.
macro_rules! form {
    (struct $name:ident { $($field:ident $(= $word:literal)?),+ $(,)? }) => {
        impl $crate::domain::form::Form for $name {
            fn of(value: &serde_json::Value) -> Option<Self> {
                let members = value.as_object()?;
                Some(Self { $($field: $crate::domain::form::form!(@member members $field $($word)?)),+ })
            }
        }
    };
    (enum $name:ident { $($word:literal => $case:ident $({ $($field:ident),+ })? $(($inner:ty))?),+ $(,)? }) => {
        impl $crate::domain::form::Form for $name {
            fn of(value: &serde_json::Value) -> Option<Self> {
                let (word, inner) = $crate::domain::form::case(value)?;
                match word {
                    $($word => $crate::domain::form::form!(@case inner $case $({ $($field)+ })? $(($inner))?),)+
                    _ => None,
                }
            }
        }
    };
    (@member $members:ident $field:ident) => { $crate::domain::form::member($members, stringify!($field))? };
    (@member $members:ident $field:ident $word:literal) => { $crate::domain::form::member($members, $word)? };
    (@case $inner:ident $case:ident) => { $inner.is_null().then_some(Self::$case) };
    (@case $inner:ident $case:ident ($type:ty)) => {
        <$type as $crate::domain::form::Form>::of($inner).map(Self::$case)
    };
    (@case $inner:ident $case:ident { $($field:ident)+ }) => {{
        let members = $inner.as_object()?;
        Some(Self::$case { $($field: $crate::domain::form::member(members, stringify!($field))?),+ })
    }};
}

/// A closed list of cases with their words.
macro_rules! words {
    ($(#[$note:meta])* $name:ident { $($(#[$about:meta])* $case:ident = $word:literal),+ $(,)? }) => {
        $(#[$note])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
        #[serde(into = "&'static str")]
        pub enum $name {
            $($(#[$about])* $case),+
        }

        impl $name {
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$case),)+
                    _ => None,
                }
            }

            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$case => $word),+
                }
            }
        }

        impl $crate::domain::form::Form for $name {
            fn of(value: &serde_json::Value) -> Option<Self> {
                value.as_str().and_then(Self::parse)
            }
        }

        impl From<$name> for &'static str {
            fn from(case: $name) -> Self {
                case.word()
            }
        }
    };
}

/// An object. `json!` puts in each member by itself, which takes twice the code.
macro_rules! object {
    ({ $($name:literal: $value:expr),* $(,)? }) => {
        $crate::domain::form::put_together(&mut [$(($name, serde_json::Value::from($value))),*])
    };
}

pub(crate) use form;
pub(crate) use object;
pub(crate) use words;

impl Form for bool {
    fn of(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Form for i64 {
    fn of(value: &Value) -> Option<Self> {
        value.as_i64()
    }
}

impl Form for u32 {
    fn of(value: &Value) -> Option<Self> {
        value.as_i64()?.try_into().ok()
    }
}

impl Form for String {
    fn of(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl<T: Form> Form for Option<T> {
    fn of(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::of(value).map(Some) }
    }
}

impl<T: Form> Form for Box<T> {
    fn of(value: &Value) -> Option<Self> {
        T::of(value).map(Self::new)
    }
}

impl<T: Form> Form for Vec<T> {
    fn of(value: &Value) -> Option<Self> {
        value.as_array()?.iter().map(T::of).collect()
    }
}

macro_rules! tuple {
    ($($part:ident)+) => {
        impl<$($part: Form),+> Form for ($($part,)+) {
            #[expect(non_snake_case, reason = "a part is named as its type is")]
            fn of(value: &Value) -> Option<Self> {
                let [$($part),+] = value.as_array()?.as_slice() else { return None };
                Some(($($part::of($part)?,)+))
            }
        }
    };
}

tuple!(A B);
tuple!(A B C);
tuple!(A B C D E F G);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize)]
    struct Whole {
        number: i64,
        #[serde(rename = "inJson")]
        word: Option<String>,
        parts: Vec<Part>,
    }

    form! { struct Whole { number, word = "inJson", parts } }

    #[derive(Debug, PartialEq, serde::Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Part {
        AllAlone,
        Around(Box<Part>),
        Perhaps(Option<u32>),
        Members { one: bool, other: Option<i64> },
    }

    form! {
        enum Part {
            "all_alone" => AllAlone,
            "around" => Around(Box<Part>),
            "perhaps" => Perhaps(Option<u32>),
            "members" => Members { one, other },
        }
    }

    #[test]
    fn what_serde_writes_is_read_back() {
        let parts = vec![
            Part::AllAlone,
            Part::Around(Box::new(Part::AllAlone)),
            Part::Perhaps(None),
            Part::Perhaps(Some(7)),
            Part::Members { one: true, other: None },
        ];
        for word in [None, Some("x".to_owned())] {
            let whole = Whole { number: -1, word, parts: Vec::new() };
            assert_eq!(read::<Whole>(json!(whole).to_string()), Ok(whole));
        }
        let whole = Whole { number: i64::MAX, word: None, parts };
        assert_eq!(read::<Whole>(json!(whole).to_string()), Ok(whole));
        let three = (7, true, "x".to_owned());
        assert_eq!(read::<(i64, bool, String)>(json!(three).to_string()), Ok(three));
    }

    #[test]
    fn what_is_not_there_is_null() {
        let bare = Whole { number: 1, word: None, parts: Vec::new() };
        assert_eq!(read::<Whole>(r#"{"number":1,"parts":[],"more":{}}"#), Ok(bare));
        assert_eq!(Part::of(&json!({ "members": { "one": false } })), Some(Part::Members { one: false, other: None }));
    }

    #[test]
    fn of_what_others_tell_only_the_named_members_are_read() {
        let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
        let text = format!(r#"{{"id":1,"rest":{deep},"rest":"\ud800","list":[{{"id":null,"more":1e999}}]}}"#);
        let told = only(&["id", "list"], text.as_bytes()).unwrap();
        assert_eq!(told, json!({ "id": 1, "rest": null, "list": [{ "id": null, "more": null }] }));
        for (text, is_data) in [
            (r#"{"id":1,"id":1}"#, true),
            (r#"{"list":[{"id":1,"id":1}]}"#, true),
            (r#"{"id":1}}"#, false),
            (r#"{"id":1,}"#, false),
            (r#"{"rest":nothing}"#, false),
            ("", false),
        ] {
            assert_eq!(only(&["id", "list"], text.as_bytes()).map_err(|error| error.is_data()), Err(is_data), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..100)) {
            let _ = only(&["id"], &bytes);
        }
    }

    #[test]
    fn another_form_is_none() {
        for text in ["", "{", "null", "7", "[]", "{}", r#"{"number":1}"#, r#"{"number":1.5,"parts":[]}"#] {
            assert!(read::<Whole>(text).is_err(), "{text}");
        }
        for part in [
            json!(null),
            json!("other"),
            json!("members"),
            json!("around"),
            json!({ "all_alone": 1 }),
            json!({ "members": [true] }),
            json!({ "members": { "other": 1 } }),
            json!({ "perhaps": -1 }),
            json!({ "perhaps": 4_294_967_296_i64 }),
            json!({ "perhaps": 1, "around": "all_alone" }),
            json!({}),
        ] {
            assert_eq!(Part::of(&part), None, "{part}");
        }
        assert_eq!(<(i64, bool, String)>::of(&json!([7, true])), None);
        assert_eq!(<(i64, bool, String)>::of(&json!([7, true, "x", 8])), None);
    }
}
