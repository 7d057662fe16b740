namespace Allure.Net.Commons;

/// <summary>Code as part of the set-up or tear-down of a test or a class. Outside of both, it just runs.</summary>
public static class ExtendedApi
{
    /// <summary>Runs the code as a set-up fixture.</summary>
    public static void Before(string name, Action action) => Before(name, () => Valueless.Of(action));

    /// <summary>Runs the code as a set-up fixture and returns its value.</summary>
    public static T Before<T>(
        string name, Func<T> function) => Execution.Fixture(name, container => container.befores, function);

    /// <summary>Runs the code as a set-up fixture.</summary>
    public static Task Before(string name, Func<Task> action) => Before(name, () => Valueless.OfAsync(action));

    /// <summary>Runs the code as a set-up fixture and returns its value.</summary>
    public static Task<T> Before<T>(string name, Func<Task<T>> function) =>
        Execution.FixtureAsync(name, container => container.befores, function);

    /// <summary>Runs the code as a tear-down fixture.</summary>
    public static void After(string name, Action action) => After(name, () => Valueless.Of(action));

    /// <summary>Runs the code as a tear-down fixture and returns its value.</summary>
    public static T After<T>(
        string name, Func<T> function) => Execution.Fixture(name, container => container.afters, function);

    /// <summary>Runs the code as a tear-down fixture.</summary>
    public static Task After(string name, Func<Task> action) => After(name, () => Valueless.OfAsync(action));

    /// <summary>Runs the code as a tear-down fixture and returns its value.</summary>
    public static Task<T> After<T>(string name, Func<Task<T>> function) =>
        Execution.FixtureAsync(name, container => container.afters, function);
}
