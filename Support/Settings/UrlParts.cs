namespace Support.Settings;

/// <summary>A URL cut by its punctuation alone (RFC 3986, appendix B), so that also one that is no URL can be looked at.</summary>
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
        return char.IsAsciiLetter(scheme[0]) && scheme.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.') ? scheme : "";
    }

    private static (string Before, string? After) CutAt(string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        return at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);
    }
}
