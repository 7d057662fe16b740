using System.Net;
using System.Net.NetworkInformation;

namespace Support.Tests.Targets;

/// <summary>What this machine's network has.</summary>
internal static class IPGlobal
{
    public static bool HasIpv6Loopback() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Any(own => own.Address.Equals(IPAddress.IPv6Loopback));
}
