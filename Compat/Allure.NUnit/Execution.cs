namespace Allure.Net.Commons;

/// <summary>
/// Runs code as a step or a fixture. The code always runs, its value and its exception always reach the caller.
/// </summary>
internal static class Execution
{
    public static T Step<T>(string name, Func<T> code)
    {
        var lifecycle = AllureLifecycle.Instance;
        if (lifecycle.Context.Item is not { } parent)
            return code();

        var step = new StepResult { name = name };
        return Run(lifecycle, step, () => lifecycle.StartStep(step, parent), code);
    }

    public static async Task<T> StepAsync<T>(string name, Func<Task<T>> code)
    {
        var lifecycle = AllureLifecycle.Instance;
        if (lifecycle.Context.Item is not { } parent)
            return await code().ConfigureAwait(false);

        var step = new StepResult { name = name };
        return await RunAsync(lifecycle, step, () => lifecycle.StartStep(step, parent), code).ConfigureAwait(false);
    }

    public static T Fixture<T>(string name, Func<TestResultContainer, List<FixtureResult>> place, Func<T> code)
    {
        var lifecycle = AllureLifecycle.Instance;
        if (lifecycle.Context.Containers.IsEmpty)
            return code();

        var fixture = new FixtureResult { name = name };
        var list = place(lifecycle.Context.Containers.Peek());
        return Run(lifecycle, fixture, () => lifecycle.StartFixture(fixture, list.Add), code);
    }

    public static async Task<T> FixtureAsync<T>(
        string name, Func<TestResultContainer, List<FixtureResult>> place, Func<Task<T>> code)
    {
        var lifecycle = AllureLifecycle.Instance;
        if (lifecycle.Context.Containers.IsEmpty)
            return await code().ConfigureAwait(false);

        var fixture = new FixtureResult { name = name };
        var list = place(lifecycle.Context.Containers.Peek());
        return await RunAsync(lifecycle, fixture, () => lifecycle.StartFixture(fixture, list.Add), code)
            .ConfigureAwait(false);
    }

    private static T Run<T>(AllureLifecycle lifecycle, ExecutableItem item, Action start, Func<T> code)
    {
        var outside = lifecycle.Context;
        start();
        try
        {
            var value = code();
            lifecycle.StopItem(item, error: null);
            return value;
        }
        catch (Exception error)
        {
            lifecycle.StopItem(item, error);
            throw;
        }
        finally
        {
            lifecycle.Context = outside;
        }
    }

    // What an asynchronous method sets in its flow is gone when it returns: nothing to put back.
    private static async Task<T> RunAsync<T>(
        AllureLifecycle lifecycle, ExecutableItem item, Action start, Func<Task<T>> code)
    {
        start();
        try
        {
            var value = await code().ConfigureAwait(false);
            lifecycle.StopItem(item, error: null);
            return value;
        }
        catch (Exception error)
        {
            lifecycle.StopItem(item, error);
            throw;
        }
    }
}
