using System.Globalization;

namespace Support.Host;

/// <summary>The machine itself: platform and processor.</summary>
internal static class MachineChecks
{
    internal static Answer Platform(EnvironmentFacts facts, CheckContext context)
    {
        var runtime = facts.Runtime;
        var kernel = facts.KernelRelease is { } release ? $"{runtime.System} (kernel {release})" : runtime.System;
        var cpu = facts.Cpu?.Model ?? $"model not told, {runtime.Architecture}";
        var cores = facts.Cpu is { } info && info.Processors != runtime.Processors
            ? $"{runtime.Processors} cores for .NET of {info.Processors} on the host"
            : $"{runtime.Processors} cores";
        var gc = $"{(runtime.ServerGc ? "server" : "workstation")} GC, {(runtime.ConcurrentGc ? "concurrent" : "not concurrent")}";
        return new Answer(
            CheckOutcome.Passed,
            "known, so that two runs can be compared",
            $"{kernel}; {runtime.Framework} {runtime.Architecture}; {gc}, heap hard limit: {Words.Bytes(runtime.HeapHardLimitBytes)}; "
                + $"{cpu}, {cores}");
    }

    /// <summary>Below one core a single thread is already stopped in each period; and the opens of the ladder need their share.</summary>
    internal static Answer CpuLimit(EnvironmentFacts facts, CheckContext context)
    {
        var needed = Math.Max(1000, OpeningMillicores(context));
        var limit = facts.Cgroup.CpuMillicores;
        var host = (facts.Cpu?.Processors ?? facts.Runtime.Processors) * 1000L;
        var expected = $"at least {Words.Cores(needed)} {(needed == 1000 ? "core" : "cores")} for the suite";
        var actual = $"{Words.Cores(limit)}, host {Words.Cores(host)} cores{Throttled(facts.Cgroup.Throttling)}";

        // A group without a quota file is the usual case outside of containers; the host's cores are then the limit.
        return Math.Min(limit.Count ?? host, host) < needed
            ? new Answer(
                CheckOutcome.Warning,
                expected,
                actual,
                "Give the task more CPU (task definition: \"cpu\"), or read latencies with care: without quota the suite stands still.")
            : new Answer(CheckOutcome.Passed, expected, actual);
    }

    // The first figure is for the rate that was asked for, the second for a ladder that has to open its top within the step's deadline.
    private static long OpeningMillicores(CheckContext context)
    {
        var rate = context.Settings.Pool.Rate ?? 0;
        var least = context.LadderTop / Math.Max(0.001, context.Settings.Ladder.StepTimeout.TotalSeconds);
        return (long)Math.Ceiling(Math.Max(rate, least) * ClientBudget.OpenMicroseconds / 1000);
    }

    private static string Throttled(CpuThrottling? throttling)
    {
        if (throttling?.Periods is not { } periods)
            return "";

        var time = string.Create(CultureInfo.InvariantCulture, $", {throttling.Time?.TotalSeconds:0.###} s");
        return $"; throttled in {Words.Count(periods)} periods so far{(throttling.Time is null ? "" : time)}";
    }
}
