using Support.Host;
using Support.Measuring;
using Support.Measuring.Search;
using Support.Pool;
using Support.Settings;
using Support.Targets;
using Support.Verdict;

namespace Support.Run;

/// <summary>What a run at a size is made with.</summary>
internal sealed record SizeTools
{
    /// <summary>The settings.</summary>
    public required CapacitySettings Settings { get; init; }

    /// <summary>What starts the server.</summary>
    public required ServerCommand Command { get; init; }

    /// <summary>How the server gets into its control group.</summary>
    public required CgroupDriver Driver { get; init; }

    /// <summary>Where the connections are held.</summary>
    public required IPoolSource Pools { get; init; }

    /// <summary>
    /// Where the connection is made that asks whether the server still answers. Default: null, in this process.
    /// </summary>
    public IPoolSource? Asking { get; init; }

    /// <summary>What this client can attempt; null where it is not known.</summary>
    public CeilingPrediction? Ceiling { get; init; }

    /// <summary>Told of signs of life.</summary>
    public required IProgress<StepProgress> Progress { get; init; }

    /// <summary>Told of each step when it was judged.</summary>
    public required Action<JudgedStep> Stepped { get; init; }

    /// <summary>Told of each probe of the search when it was counted.</summary>
    public required Action<SearchProbe> Probed { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What starts and asks servers. Default: this machine.</summary>
    public ITargetHost Host { get; init; } = new TargetHost();
}
