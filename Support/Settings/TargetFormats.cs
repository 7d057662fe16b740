using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Support.Settings;

/// <summary>What leads to a server: its URL, the local addresses, headers, a load balancer.</summary>
internal static class TargetFormats
{
    private const string OwnPrefix = "Sec-WebSocket-";
    private const string LoadBalancerPart = "loadbalancer/";

    // tchar of RFC 9110, 5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly ImmutableArray<string> OwnNames =
        ["Host", "Upgrade", "Connection", "Content-Length", "Transfer-Encoding"];

    /// <summary>The URL of a WebSocket server (RFC 6455, 3).</summary>
    public static SettingFormat<Uri> Url { get; } = new(
        "an absolute ws:// or wss:// URL without user info and fragment",
        text => UrlProblems.Of(text) is { } problem ? new Bad(problem) : new Uri(text, UriKind.Absolute),
        UrlRedaction.Redact) { Echo = UrlRedaction.Redact };

    /// <summary>
    /// Header lines. The characters <c>\n</c> are a line break too: an XML attribute keeps no real one. No message
    /// repeats a value, nor a name that is not known to be one.
    /// </summary>
    public static SettingFormat<ImmutableArray<HandshakeHeader>> Headers { get; } = new(
        "Name: value lines, separated by line breaks or by \\n, ASCII only, "
        + "without the headers that the suite sets itself "
        + $"({string.Join(", ", OwnNames)}, {OwnPrefix}*)",
        ReadHeaders, _ => SettingFormats.Hidden) { Echo = _ => SettingFormats.Hidden };

    /// <summary>One token (RFC 9110, 5.6.2).</summary>
    public static SettingFormat<string> Token { get; } = new(
        "one token (RFC 9110, 5.6.2): letters, digits and some marks, without spaces and commas",
        text => IsToken(text.Trim())
            ? text.Trim()
            : new Bad(text.Contains(',') ? "ask for one subprotocol, not for several" : ""),
        value => value);

    /// <summary>Local IP addresses, comma separated, each written in full and once.</summary>
    public static SettingFormat<ImmutableArray<IPAddress>> Addresses { get; } = SettingFormats.ListOf<IPAddress>(
        "IP addresses of this machine, of one family, comma separated, each once", "an address", ReadAddress,
        address => address.ToString(),
        (before, address) =>
            before.Contains(address) ? $"{address} is there twice"
            : before is [var first, ..] && first.AddressFamily != address.AddressFamily
                ? $"{first} and {address} are of two families, and a target is reached over one"
                : null);

    /// <summary>
    /// CloudWatch's dimension LoadBalancer: the end of the load balancer's ARN, which is accepted as well.
    /// </summary>
    public static SettingFormat<string> LoadBalancer { get; } = NameOfLoadBalancer with
    {
        Parse = text => text.Trim() is var name
            && name.IndexOf(LoadBalancerPart, StringComparison.Ordinal) is var at and >= 0
            ? LoadBalancerOf(name[(at + LoadBalancerPart.Length)..])
            : LoadBalancerOf(text.Trim()),
    };

    private static SettingFormat<string> NameOfLoadBalancer => SettingFormats.Matching(
        "app/[A-Za-z0-9-]{1,32}/[0-9a-f]{1,32}", "app/NAME/ID, or the load balancer's ARN");

    private static Parsed<string> LoadBalancerOf(string name) => name.StartsWith("net/", StringComparison.Ordinal)
        ? new Bad("a network load balancer has other metrics and is not read")
        : NameOfLoadBalancer.Parse(name);

    private static Parsed<IPAddress> ReadAddress(string part)
    {
        if (!IPAddress.TryParse(part, out var address) || !IsWrittenInFull(part, address))
            return new Bad($"'{SettingFormats.EchoPlain(part)}' is no IP address");
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? new Bad($"{address} stands for any address: leave the setting out")
            : address;
    }

    // The parser also takes "1" for 0.0.0.1, and drops the port behind "[::1]:80".
    private static bool IsWrittenInFull(string part, IPAddress parsed) =>
        parsed.AddressFamily == AddressFamily.InterNetwork ? parsed.ToString() == part : !part.StartsWith('[');

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    private static Parsed<ImmutableArray<HandshakeHeader>> ReadHeaders(string text)
    {
        var headers = ImmutableArray.CreateBuilder<HandshakeHeader>();
        foreach (var (index, line) in text.Replace("\\n", "\n", StringComparison.Ordinal).Split('\n').Index())
        {
            var content = line.EndsWith('\r') ? line[..^1] : line;
            if (content.Trim(' ').Length == 0) continue;
            var (header, problem) = ReadHeader(content);
            if (problem is not null) return new Bad(Say($"line {index + 1} {problem}"));
            headers.Add(header);
        }

        return headers.ToImmutable();
    }

    private static Parsed<HandshakeHeader> ReadHeader(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return new Bad("has no colon");
        var name = line[..colon].TrimStart(' ');
        var value = line[(colon + 1)..].Trim(' ', '\t');
        if (!IsToken(name)) return new Bad("has a name that is not a token (RFC 9110, 5.6.2)");
        if (OwnProblem(name) is { } own) return new Bad(own);
        return value.All(c => c is >= ' ' and <= '~')
            ? new HandshakeHeader(name, value)
            : new Bad("has a control character or one outside ASCII in its value");
    }

    private static string? OwnProblem(string name)
    {
        if (name.Equals("Sec-WebSocket-Protocol", StringComparison.OrdinalIgnoreCase))
            return "sets Sec-WebSocket-Protocol: set Target.Subprotocol instead";
        if (name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            return $"sets a {OwnPrefix}* header, which the suite sets itself";
        return OwnNames.FirstOrDefault(own => own.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? $"sets {known}, which the suite sets itself"
            : null;
    }
}

/// <summary>
/// What is wrong with the URL of a server. Goes by punctuation before <see cref="Uri"/> sees the text: that takes
/// <c>localhost:8080</c> for a scheme, drops spaces at the ends, and says nothing about what is wrong.
/// </summary>
file static class UrlProblems
{
    public static string? Of(string text)
    {
        if (text.Any(IsGap)) return "it holds a space, a control character or an invisible one";
        if (text.Contains('\\')) return "it holds a backslash";
        var parts = UrlParts.Of(text);
        return OfScheme(text, parts.Scheme) ?? OfAuthority(parts.Authority)
            ?? (parts.Fragment is null
                ? null
                : "a WebSocket URL has no fragment (RFC 6455, 3): leave out the # and what follows it")
            ?? (Uri.TryCreate(text, UriKind.Absolute, out var url) && HasHost(url) ? null : "its host is not valid");
    }

    // A name outside ASCII is only checked when it is turned into what goes over the wire.
    private static bool HasHost(Uri url)
    {
        try
        {
            return url.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static bool IsGap(char c) =>
        char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format;

    private static string? OfScheme(string text, string scheme)
    {
        var shown = UrlRedaction.Redact(text);
        return scheme.ToUpperInvariant() switch
        {
            "WS" or "WSS" => null,
            "HTTP" => $"use ws:// instead of http://, as in '{WithScheme("ws", shown)}'",
            "HTTPS" => $"use wss:// instead of https://, as in '{WithScheme("wss", shown)}'",
            "" when IsCutShort(text) => "the two slashes behind its scheme are missing",
            "" => $"its scheme is missing: write 'ws://{shown.TrimStart('/')}', or wss:// for TLS",
            _ => "its scheme is neither ws nor wss",
        };
    }

    private static string WithScheme(string scheme, string shown) =>
        scheme + shown[shown.IndexOf("://", StringComparison.Ordinal)..];

    private static bool IsCutShort(string text) =>
        text.StartsWith("ws:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("wss:", StringComparison.OrdinalIgnoreCase);

    private static string? OfAuthority(string authority)
    {
        if (authority.Contains('@'))
            return "user info is not allowed in a URL: send an Authorization header by Target.Headers";
        var isBracketed = authority.StartsWith('[');
        if (!isBracketed && authority.Count(c => c == ':') > 1)
            return "an IPv6 address is written in brackets, as in ws://[::1]:8080/";
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || (isBracketed && colon < authority.LastIndexOf(']')))
            return authority.Length == 0 ? "its host is missing" : null;
        return colon == 0 ? "its host is missing" : OfPort(authority[(colon + 1)..]);
    }

    private static string? OfPort(string port) =>
        port.Length == 0 || !port.All(char.IsAsciiDigit) ? "its port is not a number"
        : NumberFormats.Digits(port, 1, ushort.MaxValue) is null ? "its port is not from 1 to 65535"
        : null;
}
