namespace Allure.Net.Commons.Writer;

/// <summary>
/// Completes short addresses: a link of type <c>issue</c> goes into the first pattern that holds <c>{issue}</c>, one
/// without a type into none.
/// </summary>
internal static class LinkPatterns
{
    /// <summary>Changes the addresses of the links in place.</summary>
    public static void Apply(IEnumerable<Link> links, IReadOnlyCollection<string> patterns)
    {
        foreach (var link in links)
        {
            var placeholder = $"{{{link.type}}}";
            var pattern = patterns.FirstOrDefault(
                candidate => candidate.Contains(placeholder, StringComparison.OrdinalIgnoreCase));
            if (pattern is not null)
                link.url = Escape(pattern.Replace(placeholder, link.url, StringComparison.OrdinalIgnoreCase));
        }
    }

    // The package leaves the reserved characters of an address as they are, which only the obsolete method does.
#pragma warning disable SYSLIB0013
    private static string Escape(string address) => Uri.EscapeUriString(address);
#pragma warning restore SYSLIB0013
}
