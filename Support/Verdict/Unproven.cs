using System.Collections.Immutable;
using Support.Settings;

namespace Support.Verdict;

/// <summary>What a service needs to hold as well, and connections that answer pings do not show.</summary>
public enum Unproven
{
    /// <summary>No login, and no message of the application.</summary>
    ApplicationMessages,

    /// <summary>Whether a load balancer's health check is answered while the connections are held.</summary>
    HealthChecks,

    /// <summary>Compressed messages (permessage-deflate, RFC 7692), as browsers offer them.</summary>
    Compression,

    /// <summary>Clients of several addresses: a limit may be one per address.</summary>
    SeveralAddresses,
}

/// <summary>What a run leaves open, from its settings. Pure.</summary>
internal static class UnprovenFacts
{
    /// <summary>What was not tried; empty where the settings are not known.</summary>
    public static ImmutableArray<Unproven> Of(CapacitySettings? settings) => settings is null ? [] :
    [
        Unproven.ApplicationMessages, Unproven.HealthChecks, Unproven.Compression,
        .. settings.Pool.SourceAddresses.Length > 1 ? (Unproven[])[] : [Unproven.SeveralAddresses],
    ];
}
