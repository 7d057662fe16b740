using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

/// <summary>Faults up to the answer of the upgrade, over plain TCP.</summary>
internal static class HandshakeFaultCases
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FaultCase> All() =>
        [.. Silent(), .. BrokenOff(), .. NotHttp(), .. Rejected(), .. NotAnUpgrade()];

    private static IEnumerable<FaultCase> Silent() =>
    [
        new("accepts and is silent", TcpFaults.Silence, "HandshakeTimeout",
            "accepted TCP but did not answer the upgrade")
            { AttemptTimeout = TestPool.Brief },
        new("takes the request and is silent", TcpFaults.SilenceAfterRequest, "HandshakeTimeout",
            "upgrade") { AttemptTimeout = TestPool.Brief },
        new("slow loris", TcpFaults.SlowLoris, "HandshakeTimeout",
            "before the deadline") { AttemptTimeout = TestPool.Brief },
    ];

    private static IEnumerable<FaultCase> BrokenOff() =>
    [
        new("FIN at once", TcpFaults.FinAtOnce, "HandshakeProtocol", "ResponseEnded"),
        new("FIN after the request", TcpFaults.FinAfterRequest, "HandshakeProtocol", "after 0 bytes"),
        new("FIN inside the head", TcpFaults.FinInsideHead, "HandshakeProtocol", "after 60 bytes"),
        new("RST at once", TcpFaults.RstAtOnce, "ConnectReset", "reset the connection"),
        new("RST after the request", TcpFaults.RstAfterRequest, "ConnectReset", "before it answered the upgrade"),
    ];

    private static IEnumerable<FaultCase> NotHttp() =>
    [
        new("garbage", TcpFaults.Answers([0xDE, 0xAD, 0xBE, 0xEF]), "HandshakeProtocol", "InvalidResponse"),
        new("another protocol", TcpFaults.Answers("220 mail.example ESMTP\r\n"u8.ToArray()), "HandshakeProtocol",
            "220 mail.example"),
        new("garbage with the end of a head", TcpFaults.Answers("nonsense\r\n\r\n"u8.ToArray()), "HandshakeProtocol",
            "nonsense"),
        new("a status line without a status", TcpFaults.Answers("HTTP/1.1\r\n\r\n"u8.ToArray()), "HandshakeProtocol",
            "InvalidResponse"),
        new("a status of four digits", TcpFaults.Answers("HTTP/1.1 1011 X\r\n\r\n"u8.ToArray()), "HandshakeProtocol",
            "InvalidResponse"),
        new("a TLS alert", TcpFaults.Answers([0x15, 0x03, 0x01, 0, 2, 2, 22]), "HandshakeProtocol", "wss://"),
        new("its own request again", TcpFaults.Echoes, "HandshakeProtocol", "own request"),
        new("HTTP/2", TcpFaults.Answers([0, 0, 6, 4, 0, 0, 0, 0, 0]), "HandshakeProtocol", "InvalidResponse"),
        new("a head over 16 KB", AnswerFaults.HeadLongerThan(17 * 1024), "HandshakeProtocol", "longer than 16 KB"),
    ];

    private static IEnumerable<FaultCase> Rejected() =>
    [
        .. new[] { "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found",
            "426 Upgrade Required", "429 Too Many Requests", "502 Bad Gateway", "504 Gateway Timeout", "200 OK" }
            .Select(status =>
            new FaultCase(
                status, TcpFaults.AnswersStatus(status), $"HandshakeRejected({status[..3]})", $"HTTP/1.1 {status}")),
        new("503 and a time to retry", TcpFaults.AnswersStatus("503 Service Unavailable", "Retry-After: 7"),
            "HandshakeRejected(503)",
            "503 Service Unavailable, Retry-After: 7"),
        new("301", TcpFaults.AnswersStatus("301 Moved Permanently", "Location: ws://127.0.0.1:1/?token=secret"),
            "HandshakeRejected(301)",
            "Location: ws://127.0.0.1:1/?token=*** (not followed)"),
        new("302", TcpFaults.AnswersStatus("302 Found", "location: /login"), "HandshakeRejected(302)",
            "Location: /login (not followed)"),
    ];

    private static IEnumerable<FaultCase> NotAnUpgrade() =>
    [
        new("the accept value of another key", AnswerFaults.WrongAccept, "HandshakeProtocol", "WrongAccept"),
        new("no accept value", AnswerFaults.With("Sec-WebSocket-Accept", "X-Accept"), "HandshakeProtocol",
            "WrongAccept"),
        new("no Upgrade", AnswerFaults.With("Upgrade: websocket\r\n", ""), "HandshakeProtocol",
            "NoUpgrade: status 101 without 'Upgrade: websocket'"),
        new("Upgrade to something else", AnswerFaults.With("Upgrade: websocket", "Upgrade: h2c"), "HandshakeProtocol",
            "NoUpgrade"),
        new("no Connection", AnswerFaults.With("Connection: Upgrade\r\n", ""), "HandshakeProtocol",
            "without 'Connection: Upgrade'"),
        new("Connection: close", AnswerFaults.With("Connection: Upgrade", "Connection: close"), "HandshakeProtocol",
            "NoUpgrade"),
        new("a subprotocol that nobody asked for", AnswerFaults.Adding("Sec-WebSocket-Protocol: mqtt"),
            "HandshakeProtocol",
            "UnrequestedSubprotocol: the answer names another one: 'mqtt'"),
        new("no subprotocol where one was asked for", AnswerFaults.Adding(), "HandshakeProtocol",
            "SubprotocolMissing: 'chat'")
            { Subprotocol = "chat" },
        new("another subprotocol", AnswerFaults.Adding("Sec-WebSocket-Protocol: mqtt"), "HandshakeProtocol",
            "UnrequestedSubprotocol")
            { Subprotocol = "chat" },
        new("an extension that nobody asked for", AnswerFaults.Adding("Sec-WebSocket-Extensions: permessage-deflate"),
            "HandshakeProtocol",
            "UnrequestedExtension"),
    ];
}
