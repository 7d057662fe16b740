using System.Globalization;

namespace Support.Settings;

/// <summary>The URL of a WebSocket server (RFC 6455, 3), with a text of its own for each way to get it wrong.</summary>
/// <remarks>
/// Checked by its punctuation before <see cref="Uri"/> sees it: that takes <c>localhost:8080</c> for a scheme, drops spaces at the
/// ends, and says nothing about what is wrong.
/// </remarks>
internal static class UrlFormat
{
    public static SettingFormat<Uri> WebSocket { get; } = new(
        "an absolute ws:// or wss:// URL without user info and fragment",
        text => ProblemOf(text) is { } problem ? Parsed<Uri>.Bad(problem) : new Uri(text, UriKind.Absolute),
        UrlRedaction.Redact) { Echo = UrlRedaction.Redact };

    private static string? ProblemOf(string text)
    {
        if (text.Any(IsGap)) return "it holds a space, a control character or an invisible one";
        if (text.Contains('\\')) return "it holds a backslash";
        var parts = UrlParts.Of(text);
        return SchemeProblem(text, parts.Scheme)
            ?? AuthorityProblem(parts.Authority)
            ?? (parts.Fragment is null ? null : "a WebSocket URL has no fragment (RFC 6455, 3): leave out the # and what follows it")
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

    private static string? SchemeProblem(string text, string scheme)
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

    private static string WithScheme(string scheme, string shown) => scheme + shown[shown.IndexOf("://", StringComparison.Ordinal)..];

    private static bool IsCutShort(string text) =>
        text.StartsWith("ws:", StringComparison.OrdinalIgnoreCase) || text.StartsWith("wss:", StringComparison.OrdinalIgnoreCase);

    private static string? AuthorityProblem(string authority)
    {
        if (authority.Contains('@'))
            return "user info is not allowed in a URL: send an Authorization header by Target.Headers";
        var isBracketed = authority.StartsWith('[');
        if (!isBracketed && authority.Count(c => c == ':') > 1)
            return "an IPv6 address is written in brackets, as in ws://[::1]:8080/";
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || (isBracketed && colon < authority.LastIndexOf(']')))
            return authority.Length == 0 ? "its host is missing" : null;
        return colon == 0 ? "its host is missing" : PortProblem(authority[(colon + 1)..]);
    }

    private static string? PortProblem(string port)
    {
        if (port.Length == 0 || !port.All(char.IsAsciiDigit)) return "its port is not a number";
        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? null
            : "its port is not from 1 to 65535";
    }
}
