//! Every address of the house: method, path, guard, verb.

use Guard::{Admin, Brief, Public, User, Webhook};
use Method::{Any, Delete, Get, Post};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Delete,
    /// The address is gone, however it is called.
    Any,
}

/// Who may call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    Public,
    /// A Clerk session token.
    User,
    /// A Clerk session token of somebody in `ADMIN_USER_IDS`.
    Admin,
    /// Anybody learns whether all is well; an admin, the details.
    Brief,
    /// Whoever signed the bytes, which the verb judges: no token, no session.
    Webhook,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Health,
    Version,
    Config,
    OpenApi,
    PolicyReport,
    Me,
    DeleteMe,
    Statement,
    ClerkEvent,
    Settings,
    Ledger,
    Users,
    UserStatement,
    Adjust,
    Example,
    Gone,
    Page(&'static str),
}

#[derive(Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub guard: Guard,
    pub verb: Verb,
}

#[rustfmt::skip]
pub static ROUTES: &[Route] = &[
    row(Get,  "/api/health",              Public, Verb::Health),
    row(Get,  "/api/version",             Public, Verb::Version),
    row(Get,  "/api/config",              Public, Verb::Config),
    row(Get,  "/api/openapi.json",        Public, Verb::OpenApi),
    row(Post, "/api/csp-report",          Public, Verb::PolicyReport),
    row(Get,  "/api/user",                User,   Verb::Me),
    row(Delete, "/api/me",                User,   Verb::DeleteMe),
    row(Get,  "/api/credits/statement",   User,   Verb::Statement),
    row(Post, "/api/webhooks/clerk",      Webhook, Verb::ClerkEvent),
    row(Get,  "/api/diagnostic/env",      Brief,  Verb::Settings),
    row(Get,  "/api/diagnostic/ledger",   Brief,  Verb::Ledger),
    row(Get,  "/api/admin/users",         Admin,  Verb::Users),
    row(Get,  "/api/admin/statement",     Admin,  Verb::UserStatement),
    row(Post, "/api/admin/credits",       Admin,  Verb::Adjust),
    row(Get,  "/api/sentry-example-api",  Admin,  Verb::Example),
    row(Any,  "/api/test-basic-realtime", Public, Verb::Gone),
    row(Any,  "/api/test-realtime-api",   Public, Verb::Gone),
    row(Any,  "/api/debug-realtime",      Public, Verb::Gone),
    row(Get,  "/",                        Public, Verb::Page("/")),
    row(Get,  "/help",                    Public, Verb::Page("/help")),
    row(Get,  "/terms",                   Public, Verb::Page("/terms")),
    row(Get,  "/privacy",                 Public, Verb::Page("/privacy")),
    row(Get,  "/interview",               Public, Verb::Page("/coach")),
    row(Get,  "/credits",                 Public, Verb::Page("/coach")),
    row(Get,  "/settings",                Public, Verb::Page("/coach")),
    row(Get,  "/admin",                   Public, Verb::Page("/coach")),
    row(Get,  "/sign-in",                 Public, Verb::Page("/coach")),
    row(Get,  "/sign-up",                 Public, Verb::Page("/coach")),
];

const fn row(method: Method, path: &'static str, guard: Guard, verb: Verb) -> Route {
    Route { method, path, guard, verb }
}

impl Route {
    /// What an `Allow` header says of this address.
    pub fn allow(&self) -> &'static str {
        match self.method {
            Get => "GET, HEAD, OPTIONS",
            Post => "POST, OPTIONS",
            Delete => "DELETE, OPTIONS",
            Any => "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
        }
    }

    pub fn takes(&self, method: &str) -> bool {
        match self.method {
            Get => matches!(method, "GET" | "HEAD"),
            Post => method == "POST",
            Delete => method == "DELETE",
            Any => true,
        }
    }
}

pub fn find(path: &str) -> Option<&'static Route> {
    ROUTES.iter().find(|route| route.path == path)
}

/// A page asked for with a slash behind it, by its true address. Only pages of the table: never another site.
pub fn without_slash(path: &str) -> Option<&'static Route> {
    let bare = path.strip_suffix('/').filter(|bare| !bare.is_empty())?;
    find(bare).filter(|route| matches!(route.verb, Verb::Page(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_stands_once() {
        for (n, route) in ROUTES.iter().enumerate() {
            assert!(ROUTES.iter().skip(n + 1).all(|other| other.path != route.path), "{}", route.path);
            assert!(std::ptr::eq(find(route.path).unwrap(), route));
        }
    }

    #[test]
    fn only_pages_lose_their_slash() {
        assert_eq!(without_slash("/help/").map(|route| route.path), Some("/help"));
        for path in ["/", "/help", "/api/health/", "//evil.example/", "/help//"] {
            assert!(without_slash(path).is_none(), "{path}");
        }
    }
}
