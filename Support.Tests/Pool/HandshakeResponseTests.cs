using System.Text;
using NUnit.Framework;
using Support.Pool;
using Support.Tests.Pool.Faults;

namespace Support.Tests.Pool;

internal sealed class HandshakeResponseTests
{
    private const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private const string NoHttp = "InvalidResponse: no HTTP answer, wrong scheme or port? It begins: ";
    private const string Kestrel =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nDate: Sat, "
        + "21 Nov 2026 20:00:00 GMT\r\nServer: Kestrel\r\n"
        + "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

    [TestCase("HTTP/1.1 101 Switching Protocols|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT")]
    [TestCase("HTTP/1.1 101 Switching Protocols|upgrade: WebSocket|CONNECTION: upgrade|sec-websocket-accept: ACCEPT")]
    [TestCase("HTTP/1.1 101 |Upgrade: websocket|Connection: keep-alive, Upgrade|Sec-WebSocket-Accept: ACCEPT")]
    [TestCase("HTTP/1.1 101|Upgrade:websocket|Connection:Upgrade,keep-alive|Sec-WebSocket-Accept:ACCEPT")]
    [TestCase(
        "HTTP/1.1 101 Web Socket|Upgrade: \t websocket \t|Connection:\tUpgrade  |Sec-WebSocket-Accept:   ACCEPT  ")]
    [TestCase("HTTP/1.1 101 X|Upgrade: h2c, websocket|Connection: keep-alive|Connection: "
        + "Upgrade|Sec-WebSocket-Accept: ACCEPT")]
    [TestCase("HTTP/1.1 101 X|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: "
        + "ACCEPT|Sec-WebSocket-Extensions: |: x|y")]
    public void A_right_answer_is_taken(string lines) => Assert.That(Check(lines), Is.Null);

    [Test]
    public void An_answer_of_Kestrel_is_taken() =>
        Assert.That(
            HandshakeResponse.Check(Encoding.ASCII.GetBytes(Kestrel), Encoding.ASCII.GetBytes(Accept), null), Is.Null);

    [TestCase(
        "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: S3PPLMBITXAQ9KYGZZHZRBK+XOO=", "WrongAccept")]
    [TestCase("Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: ", "WrongAccept")]
    [TestCase("Upgrade: websocket|Connection: Upgrade", "WrongAccept")]
    [TestCase("Upgrade: websockets|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT", "without 'Upgrade: websocket'")]
    [TestCase("Upgrade: websocket|Connection: Upgraded|Sec-WebSocket-Accept: ACCEPT", "without 'Connection: Upgrade'")]
    [TestCase("X: Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT", "without 'Upgrade: websocket'")]
    [TestCase(
        "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Extensions: x",
        "UnrequestedExtension")]
    [TestCase(
        "Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT|Sec-WebSocket-Protocol: x",
        "UnrequestedSubprotocol")]
    public void A_wrong_101_says_what_is_wrong(string headers, string fragment)
    {
        var failure = Check("HTTP/1.1 101 Switching Protocols|" + headers);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure?.Class.ToString(), Is.EqualTo("HandshakeProtocol"));
            Assert.That(failure?.Example, Does.Contain(fragment));
        }
    }

    [TestCase("chat", "Sec-WebSocket-Protocol: chat", null)]
    [TestCase("chat", "sec-websocket-protocol:chat ", null)]
    [TestCase("chat", "X: y", "SubprotocolMissing: 'chat'")]
    [TestCase("chat", "Sec-WebSocket-Protocol: Chat", "UnrequestedSubprotocol: the answer names another one: 'Chat'")]
    [TestCase("chat", "Sec-WebSocket-Protocol: chat, mqtt", "UnrequestedSubprotocol")]
    public void A_subprotocol_is_insisted_on(string asked, string line, string? fragment)
    {
        var failure = Check(
            $"HTTP/1.1 101 X|Upgrade: websocket|Connection: Upgrade|Sec-WebSocket-Accept: ACCEPT|{line}", asked);

        Assert.That(failure is null ? null : Told(failure), fragment is null ? Is.Null : Does.Contain(fragment));
    }

    [TestCase("HTTP/1.1 503 Full|Retry-After: 120", "HandshakeRejected(503)", "HTTP/1.1 503 Full, Retry-After: 120")]
    [TestCase("HTTP/1.1 403 Forbidden", "HandshakeRejected(403)", "HTTP/1.1 403 Forbidden")]
    [TestCase("HTTP/1.0 200 OK", "HandshakeRejected(200)", "HTTP/1.0 200 OK")]
    [TestCase("HTTP/1.1 404", "HandshakeRejected(404)", "HTTP/1.1 404")]
    [TestCase("HTTP/1.1 302 Found|Location: https://a.test/?to=secret", "HandshakeRejected(302)",
        "HTTP/1.1 302 Found, Location: https://a.test/?to=*** (not followed)")]
    [TestCase("HTTP/1.1 302 Found|Location: //user:pass@a.test/#access_token=secret", "HandshakeRejected(302)",
        "HTTP/1.1 302 Found, Location: ***@a.test/#*** (not followed)")]
    [TestCase("HTTP/1.1 1010 X", "HandshakeProtocol", $"{NoHttp}'HTTP/1.1 1010 X'")]
    [TestCase("HTTP/1.1 -10 X", "HandshakeProtocol", $"{NoHttp}'HTTP/1.1 -10 X'")]
    [TestCase("HTTP/1.1", "HandshakeProtocol", $"{NoHttp}'HTTP/1.1'")]
    [TestCase("HTTP/2 200", "HandshakeProtocol", $"{NoHttp}'HTTP/2 200'")]
    [TestCase("", "HandshakeProtocol", $"{NoHttp}''")]
    public void Another_status_line_is_told_as_it_is(string lines, string expected, string example)
    {
        var failure = Check(lines);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure?.Class.ToString(), Is.EqualTo(expected));
            Assert.That(Told(failure!), Is.EqualTo(example));
        }
    }

    [TestCase("GET / HTTP/1.1")]
    [TestCase("GET /chat?token=s3cr3t HTTP/1.1|Host: a.test")]
    public void Nothing_is_quoted_of_the_own_request_that_came_back(string lines)
    {
        var failure = Check(lines);

        Assert.That(failure?.Class.ToString(), Is.EqualTo("HandshakeProtocol"));
        Assert.That(failure!.Said, Is.Null);
    }

    [TestCase("", -1)]
    [TestCase("HTTP/1.1 101 X\r\n", -1)]
    [TestCase("HTTP/1.1 101 X\r\n\r", -1)]
    [TestCase("A\r\n\r\n", 5)]
    [TestCase("A\r\n\r\nB\r\n\r\n", 5)]
    public void A_head_ends_with_its_empty_line(string received, int length) =>
        Assert.That(HandshakeResponse.HeadLength(Encoding.ASCII.GetBytes(received)), Is.EqualTo(length));

    [Test]
    public void Garbage_never_throws()
    {
        var random = new Random(101);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Encoding.ASCII.GetBytes(Kestrel);
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var garbage = random.Next(4) == 0 ? (byte)"\r\n: "[random.Next(4)] : (byte)random.Next(256);
                bytes[random.Next(bytes.Length - 4)] = garbage;
            }

            var head = bytes.AsSpan(0, HandshakeResponse.HeadLength(bytes)).ToArray();
            var accept = Encoding.ASCII.GetBytes(Accept);
            Assert.That(() => HandshakeResponse.Check(head, accept, null), Throws.Nothing, Convert.ToHexString(head));
        }
    }

    private static string Told(Failure failure) =>
        new FailureTally(TestPool.Options(new Uri("ws://a.test/"))).Add(failure);

    private static Failure? Check(string lines, string? subprotocol = null)
    {
        var head = lines.Replace("ACCEPT", Accept, StringComparison.Ordinal)
            .Replace("|", "\r\n", StringComparison.Ordinal) + "\r\n\r\n";
        return HandshakeResponse.Check(Encoding.Latin1.GetBytes(head), Encoding.ASCII.GetBytes(Accept), subprotocol);
    }
}
