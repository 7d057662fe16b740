namespace Support.Settings;

/// <summary>URLs as a report or a log may show them: no user info, no query values, no fragment.</summary>
internal static class UrlRedaction
{
    /// <summary>
    /// Scheme, host, port and path as they are, query values replaced, user info and fragment left out, as in
    /// <c>wss://host:8443/chat?token=***</c>. A part of the query without an equals sign may be a bare token.
    /// </summary>
    /// <exception cref="ArgumentException">The URL is relative: it has no parts that could be told apart.</exception>
    public static string Redact(Uri url)
    {
        if (!url.IsAbsoluteUri)
            throw new ArgumentException("The URL is relative; allowed: an absolute URL.", nameof(url));
        var open = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return url.Query.Length == 0 ? open : open + RedactQuery(url.Query[1..]);
    }

    /// <summary>
    /// For any text, hiding more where that is unclear: one line of about 160 characters, up to the first gap.
    /// </summary>
    public static string Redact(string text)
    {
        var parts = UrlParts.Of(text);
        var start = parts.Scheme.Length == 0 ? "" : parts.Scheme + "://";

        // A password may hold any mark: an @ behind a ? or # can end a user info just as well as stand in a query.
        if ((parts.Query ?? "").Contains('@') || (parts.Fragment ?? "").Contains('@'))
            return start + SettingFormats.Hidden;
        var open = parts.Authority + parts.Path;
        var at = open.LastIndexOf('@');
        if (at >= 0) open = SettingFormats.Hidden + open[at..];
        var query = parts.Query is null ? "" : RedactQuery(parts.Query);
        var fragment = parts.Fragment is null ? "" : "#" + SettingFormats.Hidden;
        return SettingFormats.EchoPlain(ToFirstGap(start + open + query + fragment));
    }

    private static string RedactQuery(string query) => "?" + string.Join('&', query.Split('&').Select(RedactPair));

    private static string RedactPair(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals >= 0) return pair[..(equals + 1)] + SettingFormats.Hidden;
        return pair.Length == 0 ? "" : SettingFormats.Hidden;
    }

    // A space ends every URL; what follows may be a header that was put into the wrong setting.
    private static string ToFirstGap(string text)
    {
        var gap = text.AsSpan().IndexOfAny([.. text.Where(c => char.IsWhiteSpace(c) || char.IsControl(c)).Distinct()]);
        return gap < 0 ? text : text[..gap] + " " + SettingFormats.Hidden;
    }
}

/// <summary>
/// A URL cut by its punctuation alone (RFC 3986, appendix B), so that one that is no URL can be looked at.
/// </summary>
/// <param name="Scheme">What stands before <c>://</c>; empty where that is missing.</param>
/// <param name="Authority">User info, host and port: up to the first slash, question mark or hash.</param>
/// <param name="Path">Up to the first question mark or hash.</param>
/// <param name="Query">Behind the question mark; null where there is none.</param>
/// <param name="Fragment">Behind the hash; null where there is none.</param>
internal readonly record struct UrlParts(string Scheme, string Authority, string Path, string? Query, string? Fragment)
{
    public static UrlParts Of(string text)
    {
        var scheme = SchemeOf(text);
        var rest = scheme.Length == 0 ? text : text[(scheme.Length + 3)..];
        var (beforeFragment, fragment) = CutAt(rest, '#');
        var (hierarchy, query) = CutAt(beforeFragment, '?');
        var slash = hierarchy.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? new UrlParts(scheme, hierarchy, "", query, fragment)
            : new UrlParts(scheme, hierarchy[..slash], hierarchy[slash..], query, fragment);
    }

    private static string SchemeOf(string text)
    {
        var end = text.IndexOf("://", StringComparison.Ordinal);
        if (end <= 0) return "";
        var scheme = text[..end];
        return char.IsAsciiLetter(scheme[0]) && scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.')
            ? scheme
            : "";
    }

    private static (string Before, string? After) CutAt(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
