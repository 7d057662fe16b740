using System.Text.RegularExpressions;

namespace Support.Host;

/// <summary>A text as one word of a POSIX shell.</summary>
internal static partial class ShellWord
{
    /// <summary>As it is where a shell would take it as it is, else in quotes.</summary>
    public static string Of(string text) => Harmless().IsMatch(text) ? text : Quoted(text);

    /// <summary>In quotes, whatever it holds.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[A-Za-z0-9@%+=:,./_-]+\z")]
    private static partial Regex Harmless();
}
