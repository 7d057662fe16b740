using System.Collections.Immutable;
using Support.Aws;
using Support.Pool;
using Support.Reports.Files;
using Support.Settings;

namespace Support.Run;

/// <summary>What a run is made of. Whatever reaches beyond this process can be replaced.</summary>
public sealed record RunParts
{
    /// <summary>The settings, or everything that is wrong with them.</summary>
    public required SettingsResult Settings { get; init; }

    /// <summary>The environment variables of the process. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The folder that relative paths and commands start from, absolute.</summary>
    public required string BaseDirectory { get; init; }

    /// <summary>The suite's version.</summary>
    public required string Version { get; init; }

    /// <summary>Told of everything as it happens.</summary>
    public required IRunScreen Screen { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where Allure's results are, asked when reports are written; null where nobody writes any. Default: null.
    /// </summary>
    public Func<AllureResults?> Allure { get; init; } = () => null;

    /// <summary>Where the connections are held. Default: null, in worker processes.</summary>
    internal IPoolSource? Pools { get; init; }

    /// <summary>What starts and asks servers. Default: this machine.</summary>
    internal ITargetHost Host { get; init; } = new TargetHost();

    /// <summary>
    /// The clients of AWS, made when one is first needed, for a region that may not be known. Default: the SDK's.
    /// </summary>
    internal Func<string?, AwsClients> Aws { get; init; } = region => new AwsClients(region);

    /// <summary>The self-test. Default: null, against two servers of this suite.</summary>
    internal ISelfTest? SelfTest { get; init; }
}
