pub trait Random {
    fn bytes(&self) -> [u8; 8];
}
