using System.Collections.Immutable;
using Support.Pool;

namespace Support.Measuring;

/// <summary>
/// Connections that something ended because nothing was sent on them, as a load balancer's idle timeout does: each at
/// the same age, and the target is well. That is a setting of the path, and no capacity.
/// </summary>
/// <param name="AgeSeconds">From the last byte to the end: the median, which is the timeout.</param>
/// <param name="ByClass">How many ended so, by the class that they were counted as.</param>
internal sealed record IdleCutOff(double AgeSeconds, ImmutableSortedDictionary<FailureClass, int> ByClass)
{
    private const int Fewest = 3;

    // Nearly all: what a random loss or one bad server behind the balancer takes is less.
    private const double NearlyAll = 0.9;

    // A poll finds an end within a second, and an idle timer ticks in seconds.
    private const double SameAge = 1;

    // Below it all connections of a short step are of one age, whatever ends them.
    private const double ShortestTimeout = 1;

    // The kernel tells when a FIN came, except below TLS: there it is the pool's poll, every 250 ms.
    private const double FinSeconds = 0.3;

    private static readonly FailureClass Fin = new(FailureKind.DroppedAbnormally, FailureDetail.Fin);
    private static readonly FailureClass Rst = new(FailureKind.DroppedAbnormally, FailureDetail.Reset);
    private static readonly FailureClass IdleLost = new(FailureKind.IdleLost);

    /// <summary>
    /// Recognises it: nearly all of the losses, and of what was open, ended at one age of at least a second, and the
    /// target still opens.
    /// </summary>
    /// <param name="losses">All losses of the step.</param>
    /// <param name="opened">What the step opened.</param>
    /// <param name="answer">
    /// Whether the target is well: a crash ends all connections at once, and where all were opened at once at one age
    /// as well.
    /// </param>
    /// <returns>Null where it is anything else.</returns>
    public static IdleCutOff? Find(ImmutableArray<Loss> losses, int opened, TargetAnswer answer)
    {
        if (answer != TargetAnswer.Opens || losses.IsDefaultOrEmpty)
            return null;
        // What the peer closes with a code keeps the name that the peer gave it.
        var silent = losses.Where(loss => loss.Class == Fin || loss.Class == Rst).ToList();
        if (silent.Count < Fewest)
            return null;
        var age = LossSummaries.Median([.. silent.Select(loss => loss.AgeSeconds).Order()]);
        var same = silent.Where(loss => Math.Abs(loss.AgeSeconds - age) <= SameAge).ToList();
        return age >= ShortestTimeout
            && same.Count >= Fewest && same.Count >= NearlyAll * Math.Max(losses.Length, opened) && !EndedAtOnce(same)
            ? new(age, same.CountBy(loss => loss.Class).ToImmutableSortedDictionary())
            : null;
    }

    /// <summary>All silent ends of a step, known from elsewhere to be a timer's.</summary>
    /// <param name="result">The step.</param>
    /// <param name="age">The timeout, in seconds.</param>
    public static IdleCutOff OfAll(StepResult result, double age)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(
            age, result.Failures.Where(pair => pair.Key == Fin || pair.Key == Rst).ToImmutableSortedDictionary());
    }

    /// <summary>The result with its silent ends called by their name, <c>IdleLost</c>.</summary>
    public StepResult Name(StepResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (failures, examples, cut) = (result.Failures, result.Examples, result.CutOff);
        foreach (var name in new[] { Fin, Rst })
        {
            var count = Math.Min(ByClass.GetValueOrDefault(name), failures.GetValueOrDefault(name));
            if (count == 0)
                continue;
            cut += count;
            var left = failures[name] - count;
            failures = (left > 0 ? failures.SetItem(name, left) : failures.Remove(name))
                .SetItem(IdleLost, failures.GetValueOrDefault(IdleLost) + count);
            examples = (left > 0 ? examples : examples.Remove(name))
                .SetItem(IdleLost, Say($"cut off {AgeSeconds:0.0} s after the last byte ({name.Detail})"));
        }

        return result with { Failures = failures, Examples = examples, CutOff = cut };
    }

    // A timer ends connections as they were opened, one after the other; a crashed worker ends them at one moment,
    // whatever their age.
    private static bool EndedAtOnce(List<Loss> same)
    {
        var spread = LossSummaries.Of([.. same])!;
        // Of a reset it is only known in which poll it was found: where opening took no longer, a timer's ends coincide
        // as well.
        var known = same.TrueForAll(loss => loss.Class == Fin) ? FinSeconds : SameAge;
        return spread.AgeSpreadSeconds > known && spread.AgeSpreadSeconds > 2 * spread.TimeSpreadSeconds;
    }
}
