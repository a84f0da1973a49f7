use crate::domain::millis::Millis;

pub trait Clock {
    fn now(&self) -> Millis;

    fn sleep(&self, length: Millis) -> impl Future<Output = ()>;
}
