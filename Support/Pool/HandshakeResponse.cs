using System.Globalization;
using System.Text;
using Support.Settings;

namespace Support.Pool;

/// <summary>
/// Checks the answer to an upgrade (RFC 6455, 4.1, "the client MUST validate the server's response"). Pure.
/// </summary>
internal static class HandshakeResponse
{
    /// <summary>
    /// The most bytes that an answer may take before it ends; what common servers and load balancers allow for all
    /// headers.
    /// </summary>
    public const int MaxLength = 16 * 1024;

    // Of what is no HTTP: enough to know a protocol by.
    private const int LongestBeginning = 40;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>The length of the head including its empty line, or -1 where it has not all come yet.</summary>
    public static int HeadLength(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf(End);
        return end < 0 ? -1 : end + End.Length;
    }

    /// <summary>Null where the head is a right upgrade; else what is wrong with it.</summary>
    /// <param name="head">Status line and headers with the empty line.</param>
    /// <param name="expectedAccept">The accept value that belongs to the key sent.</param>
    /// <param name="subprotocol">The subprotocol asked for; null for none.</param>
    public static Failure? Check(ReadOnlySpan<byte> head, ReadOnlySpan<byte> expectedAccept, string? subprotocol)
    {
        if (Status(head) is not { } status)
            return NotHttp(head);
        var fields = new Fields(head);
        if (status != 101)
            return new(FailureKind.HandshakeRejected, status.ToString(CultureInfo.InvariantCulture), "")
            {
                Said = Rejection(head, fields),
            };
        if (!fields.Upgrade)
            return Protocol("NoUpgrade: status 101 without 'Upgrade: websocket'");
        if (!fields.Connection)
            return Protocol("NoUpgrade: status 101 without 'Connection: Upgrade'");
        if (!Trim(fields.Accept).SequenceEqual(expectedAccept))
            return Protocol("WrongAccept: Sec-WebSocket-Accept does not belong to the key sent");
        if (!Trim(fields.Extensions).IsEmpty)
            return Protocol(
                "UnrequestedExtension: Sec-WebSocket-Extensions answers an extension that was not asked for");
        return SubprotocolProblem(Text(fields.Subprotocol), subprotocol);
    }

    /// <summary>What is wrong with an answer whose head has not all come; null where it may still become one.</summary>
    public static Failure? Unfinished(ReadOnlySpan<byte> received)
    {
        if (received.Length >= MaxLength)
            return Protocol("the answer's head is longer than 16 KB");
        // What does not begin as HTTP never will.
        return "HTTP/1."u8.StartsWith(received[..Math.Min(7, received.Length)])
            ? null
            : NotHttp(received);
    }

    /// <summary>The peer ended TCP before its answer was whole.</summary>
    public static Failure Ended(int filled, string where) =>
        Protocol($"ResponseEnded: {where} closed after {filled} bytes, before a whole answer");

    private static Failure Protocol(string example, string? said = null) =>
        new(FailureKind.HandshakeProtocol, null, example) { Said = said };

    // With what the first bytes look like, and the likely reason.
    private static Failure NotHttp(ReadOnlySpan<byte> received) => received switch
    {
        [0x15 or 0x16, 0x03, ..] =>
            Protocol("InvalidResponse: TLS bytes instead of an HTTP answer; use wss:// or another port"),
        // Of what the suite sent itself, nothing is repeated.
        [(byte)'G', (byte)'E', (byte)'T', (byte)' ', ..] =>
            Protocol("InvalidResponse: the suite's own request came back: an echo service that speaks no HTTP?"),
        _ => Protocol(
            "InvalidResponse: no HTTP answer, wrong scheme or port? It begins",
            Text(received[..Math.Min(received.Length, LongestBeginning)])),
    };

    private static int? Status(ReadOnlySpan<byte> head)
    {
        // "HTTP/1.1 101 Switching Protocols": version, one space, three digits and no more (RFC 9112, 4).
        if (head.Length < 13
            || !head.StartsWith("HTTP/1."u8) || head[8] != ' ' || head[12] is not ((byte)' ' or (byte)'\r'))
            return null;
        return int.TryParse(head.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
    }

    private static string Rejection(ReadOnlySpan<byte> head, Fields fields)
    {
        var line = Text(head[..head.IndexOf("\r\n"u8)]);
        if (Text(fields.RetryAfter) is { Length: > 0 } after)
            return $"{line}, Retry-After: {after}";
        return Text(fields.Location) is { Length: > 0 } location
            ? $"{line}, Location: {UrlRedaction.Redact(location)} (not followed)"
            : line;
    }

    private static Failure? SubprotocolProblem(string answered, string? asked)
    {
        if (answered == (asked ?? ""))
            return null;
        return answered.Length == 0
            ? Protocol($"SubprotocolMissing: '{asked}' was asked for and not agreed to")
            : Protocol("UnrequestedSubprotocol: the answer names another one", answered);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);

    private static string Text(ReadOnlySpan<byte> value) => Encoding.UTF8.GetString(Trim(value));

    /// <summary>
    /// The header fields that matter, as slices of the head; names compare without regard to case (RFC 9110, 5.1).
    /// </summary>
    private readonly ref struct Fields
    {
        public Fields(ReadOnlySpan<byte> head)
        {
            var rest = head[(head.IndexOf("\r\n"u8) + 2)..];
            while (rest.IndexOf("\r\n"u8) is var end and > 0)
            {
                var line = rest[..end];
                rest = rest[(end + 2)..];
                var colon = line.IndexOf((byte)':');
                if (colon <= 0)
                    continue;
                var name = line[..colon];
                var value = line[(colon + 1)..];
                if (Is(name, "upgrade"u8))
                    Upgrade |= HasToken(value, "websocket"u8);
                else if (Is(name, "connection"u8))
                    Connection |= HasToken(value, "upgrade"u8);
                else if (Is(name, "sec-websocket-accept"u8))
                    Accept = value;
                else if (Is(name, "sec-websocket-protocol"u8))
                    Subprotocol = value;
                else if (Is(name, "sec-websocket-extensions"u8))
                    Extensions = value;
                else if (Is(name, "retry-after"u8))
                    RetryAfter = value;
                else if (Is(name, "location"u8))
                    Location = value;
            }
        }

        public bool Upgrade { get; }

        public bool Connection { get; }

        public ReadOnlySpan<byte> Accept { get; }

        public ReadOnlySpan<byte> Subprotocol { get; }

        public ReadOnlySpan<byte> Extensions { get; }

        public ReadOnlySpan<byte> RetryAfter { get; }

        public ReadOnlySpan<byte> Location { get; }

        private static bool Is(
            ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => Ascii.EqualsIgnoreCase(name, known);

        private static bool HasToken(ReadOnlySpan<byte> list, ReadOnlySpan<byte> token)
        {
            foreach (var part in list.Split((byte)','))
            {
                if (Ascii.EqualsIgnoreCase(Trim(list[part]), token))
                    return true;
            }

            return false;
        }
    }
}
