using System.Collections.Immutable;
using System.Text;

namespace Support.Settings;

/// <summary>
/// What a peer said, made fit for a report: on one line, at most 200 characters, without what steers a terminal or
/// changes the order of what is read, and without the secrets of this run. A peer may send back what it was sent.
/// </summary>
/// <remarks>
/// Secret is every header value, every value in the query of the target's URL, and its user info, each as a whole and
/// in its parts. They are found in any case, percent-encoded in part, in whole or twice, in base64 at any position of a
/// longer text, and as a piece of at least 8 characters.
/// </remarks>
internal sealed class PeerText
{
    /// <summary>
    /// Shorter ones are no secrets, as a few tries guess them; and they stand in every other word, so that hiding them
    /// leaves nothing to read.
    /// </summary>
    public const int LeastSecret = 4;

    // No accident in words that have nothing to do with a secret; the 7 of a token that a cut may leave open no door.
    private const int Piece = 8;

    private const int Longest = 200;
    private const string Basic = "Basic ";

    // How the suite's own request begins, up to the query.
    private readonly string request;
    private readonly ImmutableArray<Secret> secrets;

    /// <summary>Of one target.</summary>
    /// <param name="url">The target's URL.</param>
    /// <param name="headers">What every handshake sends in addition.</param>
    public PeerText(Uri url, ImmutableArray<HandshakeHeader> headers)
    {
        request = $"GET {url.AbsolutePath}";
        string[] values =
        [
            .. InQuery(url).Concat(InUserInfo(url.UserInfo)).Concat(headers.SelectMany(InHeader)).SelectMany(Decoded),
        ];
        secrets =
        [
            .. Forms(values.SelectMany(Parts)).Select(form => new Secret(form, Math.Min(Piece, form.Length))),
            // Not in pieces: names stand between its parts.
            .. Forms(values).Select(form => new Secret(form, form.Length)),
        ];
    }

    /// <summary>
    /// The text as it may stand in a report, with <see cref="SettingFormats.Hidden"/> for secrets; cut off where the
    /// suite's own request begins in it.
    /// </summary>
    public string Quote(string said)
    {
        var line = Words.Line(said).Trim();
        if (line.IndexOf(request, StringComparison.Ordinal) is var echo and >= 0)
            line = line[..echo] + "…";
        var hidden = Hidden(line);
        var text = new StringBuilder();
        for (var at = 0; at < line.Length; at++)
        {
            if (!hidden[at])
                text.Append(line[at]);
            else if (at == 0 || !hidden[at - 1])
                text.Append(SettingFormats.Hidden);
        }

        if (text.Length <= Longest)
            return text.ToString();
        text.Length = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return text.Append('…').ToString();
    }

    private bool[] Hidden(string line)
    {
        var hidden = new bool[line.Length];
        var (bytes, from, to) = Fold(line);
        foreach (var (form, piece) in secrets)
        {
            for (var at = 0; at + piece <= bytes.Length; at++)
            {
                if (form.AsSpan().IndexOf(bytes.AsSpan(at, piece)) >= 0)
                    Array.Fill(hidden, true, from[at], to[at + piece - 1] - from[at]);
            }

            // Cut off by the peer, or by the end of what came so far.
            for (var left = Math.Min(piece, bytes.Length); left >= LeastSecret && piece <= Piece; left--)
            {
                if (form.AsSpan().StartsWith(bytes.AsSpan(^left..)))
                    Array.Fill(hidden, true, from[^left], line.Length - from[^left]);
            }
        }

        return hidden;
    }

    private static IEnumerable<string> InQuery(Uri url) => url.Query.TrimStart('?').Split('&')
        .Select(
            pair => pair.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0 ? pair[(equals + 1)..] : pair);

    private static IEnumerable<string> InUserInfo(string userInfo) => userInfo.Split(':', 2).Prepend(userInfo);

    // Authorization: the scheme is no secret (RFC 9110, 11.4), and Basic's is user and password (RFC 7617, 2).
    private static IEnumerable<string> InHeader(HandshakeHeader header)
    {
        var value = header.Value;
        if (!header.Name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase))
            return [value];
        var credentials = value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        var decoded = new byte[credentials.Length];
        return value.StartsWith(Basic, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(credentials, decoded, out var length)
            ? [credentials, .. InUserInfo(Encoding.UTF8.GetString(decoded, 0, length))]
            : [credentials];
    }

    // As a peer reads it: a plus is a space in a form's field.
    private static IEnumerable<string> Decoded(string value)
    {
        var decoded = Uri.UnescapeDataString(value);
        return [value, decoded, decoded.Replace('+', ' ')];
    }

    // As a cookie has several values, and a list. Names and the scheme of a URL are no secrets.
    private static IEnumerable<string> Parts(string value) =>
        value.Split(' ', ',', ';', '&', '"').Select(ValueOf).Select(WithoutScheme);

    private static IEnumerable<byte[]> Forms(IEnumerable<string> secrets) => secrets
        .Where(secret => Fold(secret).Bytes.Length >= LeastSecret)
        .SelectMany(secret => Base64(secret).Prepend(secret)).Distinct().Select(form => Fold(form).Bytes);

    private static string ValueOf(string pair) =>
        pair.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 && pair[equals..].Trim('=').Length > 0
            ? pair[(equals + 1)..]
            : pair;

    private static string WithoutScheme(string part) =>
        part.IndexOf("://", StringComparison.Ordinal) is var end and > 0 ? part[(end + 3)..] : part;

    // What stands before a part in a longer text moves it by 0, 1 or 2 bytes against the groups of 3. Characters that
    // hold bits of a neighbour are left out.
    private static IEnumerable<string> Base64(string part)
    {
        var bytes = Encoding.UTF8.GetBytes(part);
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var own = text[((before * 8 + 5) / 6)..((before + bytes.Length) * 8 / 6)];
            yield return own;
            yield return own.Replace('+', '-').Replace('/', '_');
        }
    }

    // As texts are compared: bytes of UTF-8, percent-encoding undone, lower case, a plus as the space that it encodes
    // in a query. With each byte's place in the text.
    private static (byte[] Bytes, int[] From, int[] To) Fold(string text)
    {
        // From the right: what was encoded twice is then decoded twice.
        var folded = new List<(byte Value, int From, int To)>(text.Length);
        for (int to = text.Length, from; to > 0; to = from)
        {
            from = to > 1 && char.IsSurrogatePair(text[to - 2], text[to - 1]) ? to - 2 : to - 1;
            foreach (var value in Encoding.UTF8.GetBytes(text[from..to]).Reverse())
                folded.Add((value, from, to));
            while (folded is [.., var low, var high, (Value: (byte)'%', _, _) sign]
                && Hex(high.Value) is { } highDigit && Hex(low.Value) is { } lowDigit)
            {
                folded.RemoveRange(folded.Count - 3, 3);
                folded.Add(((byte)((highDigit << 4) | lowDigit), sign.From, low.To));
            }
        }

        folded.Reverse();
        return (
            [.. folded.Select(one => one.Value == '+' ? (byte)' ' : Lower(one.Value))],
            [.. folded.Select(one => one.From)],
            [.. folded.Select(one => one.To)]);
    }

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;

    private static int? Hex(byte digit) => char.IsAsciiHexDigit((char)digit)
        ? Convert.ToInt32(((char)digit).ToString(), 16)
        : null;

    /// <summary>One form of a secret, folded.</summary>
    /// <param name="Form">The form.</param>
    /// <param name="Piece">So many bytes of it in a row are told from an accident.</param>
    private readonly record struct Secret(byte[] Form, int Piece);
}
