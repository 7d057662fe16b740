using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Support.Settings;

/// <summary>Handshake headers and tokens. No message repeats a value, nor a name that is not known to be one.</summary>
internal static class HeaderFormat
{
    private const string OwnPrefix = "Sec-WebSocket-";

    // tchar of RFC 9110, 5.6.2.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly ImmutableArray<string> OwnNames = ["Host", "Upgrade", "Connection", "Content-Length", "Transfer-Encoding"];

    /// <summary>Lines. The two characters <c>\n</c> are a line break too, because an XML attribute does not keep a real one.</summary>
    public static SettingFormat<ImmutableArray<HandshakeHeader>> Lines { get; } = new(
        "Name: value lines, separated by line breaks or by \\n, ASCII only, without the headers that the suite sets itself "
        + $"({string.Join(", ", OwnNames)}, {OwnPrefix}*), or {SettingFormats.None}",
        text => SettingFormats.IsWord(text, SettingFormats.None) ? ImmutableArray<HandshakeHeader>.Empty : Read(text),
        headers => headers.IsDefaultOrEmpty ? SettingFormats.None : SettingFormats.Hidden) { Echo = _ => SettingFormats.Hidden };

    /// <summary>One token (RFC 9110, 5.6.2).</summary>
    public static SettingFormat<string> Token { get; } = new(
        "one token (RFC 9110, 5.6.2): letters, digits and some marks, without spaces and commas",
        text => IsToken(text.Trim())
            ? text.Trim()
            : Parsed<string>.Bad(text.Contains(',') ? "ask for one subprotocol, not for several" : ""),
        value => value);

    private static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenCharacters);

    private static Parsed<ImmutableArray<HandshakeHeader>> Read(string text)
    {
        var headers = ImmutableArray.CreateBuilder<HandshakeHeader>();
        var number = 0;
        foreach (var line in text.Replace("\\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            number++;
            var content = line.EndsWith('\r') ? line[..^1] : line;
            if (content.Trim(' ').Length == 0) continue;
            var header = ReadLine(content);
            if (header.Problem is { } problem)
                return Parsed<ImmutableArray<HandshakeHeader>>.Bad(string.Create(CultureInfo.InvariantCulture, $"line {number} {problem}"));
            headers.Add(header.Value);
        }

        return headers.ToImmutable();
    }

    private static Parsed<HandshakeHeader> ReadLine(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return Parsed<HandshakeHeader>.Bad("has no colon");
        var name = line[..colon].TrimStart(' ');
        var value = line[(colon + 1)..].Trim(' ', '\t');
        if (!IsToken(name)) return Parsed<HandshakeHeader>.Bad("has a name that is not a token (RFC 9110, 5.6.2)");
        if (OwnProblem(name) is { } own) return Parsed<HandshakeHeader>.Bad(own);
        if (!value.All(c => c is >= ' ' and <= '~'))
            return Parsed<HandshakeHeader>.Bad("has a control character or one outside ASCII in its value");
        return new HandshakeHeader(name, value);
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
