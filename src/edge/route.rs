//! Every address of the house: method, path, guard, verb.

use Guard::{Admin, Brief, Public, Room, Socket, User, Webhook};
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
    /// The key of the interview's room, or the Clerk session token of whose interview it is.
    Room,
    /// A ticket that travels as the name of the socket's protocol.
    Socket,
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
    Start,
    Exchange,
    Sessions,
    Session,
    DeleteSession,
    Transcript,
    Heartbeat,
    Relay,
    Patience,
    Pause,
    End,
    LiveTicket,
    Live,
    Feedback,
    ScoreAgain,
    Objection,
    Receipt,
    VerifyReceipt,
    Progress,
    Resume,
    KeepResume,
    DeleteResume,
    AnalyseResume,
    File,
    ClerkEvent,
    Products,
    Checkout,
    Visit,
    Portal,
    StripeEvent,
    IceServers,
    EnhancedIceServers,
    ConnectionTest,
    KeepConnectionCheck,
    ConnectionCheck,
    Webhooks,
    Compare,
    Replay,
    Settings,
    Readiness,
    Ledger,
    Usage,
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
    row(Post, "/api/realtime-session",    User,   Verb::Start),
    row(Post, "/api/realtime/sessions",   User,   Verb::Start),
    row(Post, "/api/webrtc-exchange",     Room,   Verb::Exchange),
    row(Get,  "/api/sessions",            User,   Verb::Sessions),
    row(Get,  "/api/sessions/:id",        User,   Verb::Session),
    row(Delete, "/api/sessions/:id",      User,   Verb::DeleteSession),
    row(Get,  "/api/sessions/:id/transcript", User, Verb::Transcript),
    row(Post, "/api/sessions/:id/transcript", Room, Verb::Relay),
    row(Post, "/api/sessions/:id/heartbeat", Room, Verb::Heartbeat),
    row(Post, "/api/sessions/:id/patience", Room, Verb::Patience),
    row(Post, "/api/sessions/:id/pause",  Room,   Verb::Pause),
    row(Post, "/api/sessions/:id/end",    Room,   Verb::End),
    row(Post, "/api/sessions/:id/live-ticket", User, Verb::LiveTicket),
    row(Get,  "/api/sessions/:id/live",   Socket, Verb::Live),
    row(Get,  "/api/sessions/:id/feedback", User, Verb::Feedback),
    row(Post, "/api/sessions/:id/feedback", User, Verb::ScoreAgain),
    row(Post, "/api/sessions/:id/objection", User, Verb::Objection),
    row(Get,  "/api/sessions/:id/receipt", User,  Verb::Receipt),
    row(Post, "/api/receipts/verify",     Public, Verb::VerifyReceipt),
    row(Get,  "/api/progress",            User,   Verb::Progress),
    row(Get,  "/api/resume",              User,   Verb::Resume),
    row(Post, "/api/resume",              User,   Verb::KeepResume),
    row(Delete, "/api/resume",            User,   Verb::DeleteResume),
    row(Post, "/api/resume/analysis",     User,   Verb::AnalyseResume),
    row(Get,  "/api/files/:id",           Public, Verb::File),
    row(Get,  "/api/billing/products",    User,   Verb::Products),
    row(Post, "/api/billing/checkout",    User,   Verb::Checkout),
    row(Get,  "/api/billing/checkouts/:id", User, Verb::Visit),
    row(Post, "/api/billing/portal",      User,   Verb::Portal),
    row(Post, "/api/webhooks/clerk",      Webhook, Verb::ClerkEvent),
    row(Post, "/api/webhooks/stripe",     Webhook, Verb::StripeEvent),
    row(Get,  "/api/ice-servers",         User,   Verb::IceServers),
    row(Get,  "/api/xirsys-ice-servers",  User,   Verb::EnhancedIceServers),
    row(Get,  "/api/diagnostic/webrtc-test", Brief, Verb::ConnectionTest),
    row(Post, "/api/diagnostic/webrtc-test", User, Verb::KeepConnectionCheck),
    row(Get,  "/api/admin/connection-checks", Admin, Verb::ConnectionCheck),
    row(Get,  "/api/diagnostic/env",      Brief,  Verb::Settings),
    row(Get,  "/api/diagnostic/readiness", Brief, Verb::Readiness),
    row(Get,  "/api/diagnostic/ledger",   Brief,  Verb::Ledger),
    row(Get,  "/api/diagnostic/webhooks", Brief,  Verb::Webhooks),
    row(Post, "/api/admin/reconcile",     Admin,  Verb::Compare),
    row(Post, "/api/admin/replay",        Admin,  Verb::Replay),
    row(Get,  "/api/admin/usage",         Admin,  Verb::Usage),
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
    row(Get,  "/sessions",                Public, Verb::Page("/coach")),
    row(Get,  "/sessions/:id",            Public, Verb::Page("/coach")),
    row(Get,  "/progress",                Public, Verb::Page("/coach")),
    row(Get,  "/resume",                  Public, Verb::Page("/coach")),
    row(Get,  "/verify",                  Public, Verb::Page("/verify")),
    row(Get,  "/credits",                 Public, Verb::Page("/coach")),
    row(Get,  "/settings",                Public, Verb::Page("/coach")),
    row(Get,  "/admin",                   Public, Verb::Page("/coach")),
    row(Get,  "/diagnostics/webrtc",      Public, Verb::Page("/coach")),
    row(Get,  "/simple-webrtc-test",      Public, Verb::Page("/coach")),
    row(Get,  "/realtime-test.html",      Public, Verb::Page("/coach")),
    row(Get,  "/sign-in",                 Public, Verb::Page("/coach")),
    row(Get,  "/sign-up",                 Public, Verb::Page("/coach")),
];

const fn row(method: Method, path: &'static str, guard: Guard, verb: Verb) -> Route {
    Route { method, path, guard, verb }
}

impl Route {
    pub fn methods(&self) -> &'static [&'static str] {
        match self.method {
            Get => &["GET", "HEAD"],
            Post => &["POST"],
            Delete => &["DELETE"],
            Any => &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        }
    }

    pub fn takes(&self, method: &str) -> bool {
        self.methods().contains(&method)
    }

    /// What stands in the place of `:id`, where the path has one. None, when it is another path.
    fn matches<'a>(&self, path: &'a str) -> Option<&'a str> {
        let Some((before, after)) = self.path.split_once(":id") else { return (self.path == path).then_some("") };
        let id = path.strip_prefix(before)?.strip_suffix(after)?;
        (!id.is_empty() && !id.contains('/')).then_some(id)
    }
}

/// A row of the table, and what stands in the place of `:id`.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub route: &'static Route,
    pub id: &'a str,
}

/// The row of this path that takes the method; else any of this path, which will say so.
pub fn find<'a>(method: &str, path: &'a str) -> Option<Found<'a>> {
    let rows = || ROUTES.iter().filter_map(|route| route.matches(path).map(|id| Found { route, id }));
    rows().find(|found| found.route.takes(method)).or_else(|| rows().next())
}

/// What an `Allow` header says of this address.
pub fn allow(path: &str) -> String {
    let rows = ROUTES.iter().filter(|route| route.matches(path).is_some());
    let methods: Vec<&str> = rows.flat_map(Route::methods).copied().chain(["OPTIONS"]).collect();
    methods.join(", ")
}

/// A page asked for with a slash behind it, by its true address. Only pages of the table: never another site.
pub fn without_slash(path: &str) -> Option<&str> {
    let bare = path.strip_suffix('/').filter(|bare| !bare.is_empty())?;
    find("GET", bare).filter(|found| matches!(found.route.verb, Verb::Page(_))).map(|_| bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_stands_once() {
        for (n, route) in ROUTES.iter().enumerate() {
            let mut others = ROUTES.iter().skip(n + 1);
            assert!(others.all(|other| (other.method, other.path) != (route.method, route.path)), "{}", route.path);
            let path = route.path.replace(":id", "ses_1");
            let found = find(route.methods()[0], &path).unwrap();
            assert!(std::ptr::eq(found.route, route));
            assert_eq!(found.id, if path == route.path { "" } else { "ses_1" });
        }
    }

    #[test]
    fn only_pages_lose_their_slash() {
        assert_eq!(without_slash("/help/"), Some("/help"));
        assert_eq!(without_slash("/sessions/ses_1/"), Some("/sessions/ses_1"));
        for path in ["/", "/help", "/api/health/", "//evil.example/", "/help//"] {
            assert!(without_slash(path).is_none(), "{path}");
        }
    }
}
