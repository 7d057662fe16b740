using System.Collections.Concurrent;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using Support.Tests.Compat;

// Tests mostly wait, for sockets, processes and deadlines: they run side by side, each on an instance of its own. What
// changes or counts something of the whole process says [NonParallelizable]; what shares a thing with a few others says
// [OneAtATime].
[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[assembly: LevelOfParallelism(24)]
[assembly: Support.Tests.ShowsProgress]

namespace Support.Tests;

/// <summary>
/// Of all fixtures with the same name here one runs at a time, its tests one after the other; the rest of the tests go
/// on.
/// </summary>
/// <param name="shared">What they share, as in "control groups".</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OneAtATimeAttribute(string shared) : ParallelizableAttribute(ParallelScope.Self), ITestAction
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    public ActionTargets Targets => ActionTargets.Suite;

    private SemaphoreSlim Gate => Gates.GetOrAdd(shared, _ => new(1));

    // A test that is [NonParallelizable] would wait here for ever: for the other fixtures' workers, which wait for this
    // one.
    public void BeforeTest(ITest test) => Gate.Wait();

    public void AfterTest(ITest test) => Gate.Release();
}

/// <summary>Says every few seconds how far the run is: its screen is empty else, for minutes.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ShowsProgressAttribute : Attribute, ITestAction
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);
    private static readonly long Start = TimeProvider.System.GetTimestamp();

    private readonly Lock gate = new();
    private TimeSpan said;
    private int ended;
    private int failed;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
    }

    public void AfterTest(ITest test)
    {
        // A run within the run is one test of it.
        if (AllureTestsSampleFixtureAttribute.IsWanted.Value)
            return;
        lock (gate)
        {
            ended++;
            failed += TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed ? 1 : 0;
            var now = TimeProvider.System.GetElapsedTime(Start);
            if (now - said < Between)
                return;
            said = now;
            // Not TestContext.Progress: of that the console shows nothing unless it names every test.
            TestContext.Error.WriteLine(
                FormattableString.Invariant($"{now:m\\:ss}  {ended,5:N0} tests, {failed} failed"));
        }
    }
}
