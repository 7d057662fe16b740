using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TargetServer;

/// <summary>Texts to values; null where a text is not one.</summary>
internal static class OptionValue
{
    private const int MostConnections = 1_000_000;
    private const int LongestMilliseconds = 3_600_000;

    private static readonly ImmutableArray<(string Unit, int Milliseconds)> Units =
        [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];

    public static int? Int(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= least && value <= most ? value : null;

    public static int? Count(string text, int least) => Int(text, least, MostConnections);

    public static int? Status(string text) => Int(text, 400, 599);

    public static string? File(string text) => text.Length == 0 ? null : text;

    public static IReadOnlyList<IPAddress>? Addresses(string text)
    {
        if (text == "localhost")
            return Socket.OSSupportsIPv6
                && Ipv6LoopbackIsThere() ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

        // IPAddress.Parse takes "1" for 0.0.0.1: only the usual spellings are meant here.
        return IPAddress.TryParse(text, out var address)
            && (text.Count(character => character == '.') == 3 || text.Contains(':', StringComparison.Ordinal))
            ? [address]
            : null;
    }

    public static TimeSpan? Duration(string text)
    {
        foreach (var (unit, milliseconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && Int(text[..^unit.Length], 0, LongestMilliseconds / milliseconds) is { } count)
                return TimeSpan.FromMilliseconds((double)count * milliseconds);
        }

        return null;
    }

    /// <summary>Infinite for <c>request</c>.</summary>
    public static TimeSpan? DropAfter(string text) =>
        text == "request" ? Timeout.InfiniteTimeSpan : Duration(text);

    public static double? Share(string text)
    {
        var percent = text.EndsWith('%');
        if (!double.TryParse(
            percent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;

        var share = percent ? number / 100 : number;
        return share is > 0 and <= 1 ? share : null;
    }

    public static DropMode? DropMode(string text) => text switch
    {
        "fin" => new(DropKind.Fin),
        "rst" => new(DropKind.Rst),
        _ when text.StartsWith("close:", StringComparison.Ordinal)
            && Int(text["close:".Length..], 1000, 4999) is { } code && MayBeSent(code)
            => new(DropKind.Close, code),
        _ => null,
    };

    // RFC 6455, 7.4.1 and IANA's registry: 1004 is reserved; 1005, 1006 and 1015 never travel; 1016 to 2999 are not
    // assigned.
    private static bool MayBeSent(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or >= 3000;

    private static bool Ipv6LoopbackIsThere()
    {
        using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            // EADDRNOTAVAIL: the kernel has IPv6, this network namespace does not.
            return false;
        }
    }
}
