using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace Support.Settings;

/// <summary>Local IP addresses, comma separated, each written in full and once.</summary>
internal static class AddressFormat
{
    public static SettingFormat<ImmutableArray<IPAddress>> List { get; } = new(
        $"IP addresses of this machine, of one family, comma separated, each once, or {SettingFormats.None}",
        text => SettingFormats.IsWord(text, SettingFormats.None) ? ImmutableArray<IPAddress>.Empty : Read(text),
        addresses => addresses.IsDefaultOrEmpty ? SettingFormats.None : string.Join(", ", addresses));

    private static Parsed<ImmutableArray<IPAddress>> Read(string text)
    {
        var addresses = ImmutableArray.CreateBuilder<IPAddress>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Problem(part, out var address) is { } problem) return Parsed<ImmutableArray<IPAddress>>.Bad(problem);
            if (addresses.Contains(address)) return Parsed<ImmutableArray<IPAddress>>.Bad($"{address} is there twice");
            if (addresses.Count > 0 && addresses[0].AddressFamily != address.AddressFamily)
                return Parsed<ImmutableArray<IPAddress>>.Bad($"{addresses[0]} and {address} are of two families, and a target is reached over one");
            addresses.Add(address);
        }

        return addresses.ToImmutable();
    }

    private static string? Problem(string part, out IPAddress address)
    {
        address = IPAddress.None;
        if (part.Length == 0) return "an address is missing";
        if (!IPAddress.TryParse(part, out var parsed) || !IsWrittenInFull(part, parsed))
            return $"'{SettingFormats.EchoPlain(part)}' is no IP address";
        if (parsed.Equals(IPAddress.Any) || parsed.Equals(IPAddress.IPv6Any))
            return $"{parsed} stands for any address: leave the setting out";
        address = parsed;
        return null;
    }

    // The parser also takes "1" for 0.0.0.1, and drops the port behind "[::1]:80".
    private static bool IsWrittenInFull(string part, IPAddress parsed) =>
        parsed.AddressFamily == AddressFamily.InterNetwork ? parsed.ToString() == part : !part.StartsWith('[');
}
