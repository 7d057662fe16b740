using Support.Host;
using Support.Targets;

namespace Support.Sizes;

/// <summary>The check that sizes can be measured, before the first is.</summary>
internal static class SizeChecks
{
    /// <summary>Making it reads nothing.</summary>
    /// <param name="plan">Gives the plan.</param>
    /// <param name="support">Probes whether a control group can be made.</param>
    public static DeferredCheck For(Func<Task<SizePlan>> plan, Func<Task<CgroupSupport>> support)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(support);
        return new(
            "Gate.Plan",
            "Gate: the task sizes can be measured here",
            async _ => await OfAsync(await plan().ConfigureAwait(false), support).ConfigureAwait(false));
    }

    private static async Task<Answer> OfAsync(SizePlan plan, Func<Task<CgroupSupport>> probe)
    {
        const string Expected =
            "definitions that can be read, a control group of each size, and a machine that is large enough";
        if (plan.Problems is [_, ..])
            return new(CheckOutcome.Critical, Expected, string.Join(" ", plan.Problems),
                "Fix what is named here; nothing was measured.");
        var support = await probe().ConfigureAwait(false);
        if (support.Driver == CgroupDriver.None)
            return new(
                CheckOutcome.Warning,
                Expected,
                $"no control group can be made here: {support.Why?.TrimEnd('.')}",
                support.Next ?? "");
        if (plan.Cases.Where(size => size.TooLarge is not null).ToList() is [_, ..] large)
            return new(
                CheckOutcome.Warning,
                Expected,
                string.Join("; ", large.Select(size => $"{size.Label}: {size.TooLarge}")),
                "Measure these on a larger machine.");
        return new(
            CheckOutcome.Passed,
            Expected,
            $"{string.Join(", ", plan.Cases.Select(size => size.Label))}, by {Name(support.Driver)}");
    }

    private static string Name(CgroupDriver driver) => driver switch
    {
        CgroupDriver.V1 => "cgroup v1",
        CgroupDriver.V2 => "cgroup v2",
        _ => "systemd-run",
    };
}
