namespace Allure.Net.Commons;

public static partial class AllureApi
{
    /// <summary>Adds a step without code.</summary>
    public static void Step(string name) => Step(name, () => { });

    /// <summary>Runs the code as a step.</summary>
    public static void Step(string name, Action action) => Execution.Step(name, () => Valueless.Of(action));

    /// <summary>Runs the code as a step and returns its value.</summary>
    public static T Step<T>(string name, Func<T> function) => Execution.Step(name, function);

    /// <summary>Runs the code as a step.</summary>
    public static Task Step(
        string name, Func<Task> action) => Execution.StepAsync(name, () => Valueless.OfAsync(action));

    /// <summary>Runs the code as a step and returns its value.</summary>
    public static Task<T> Step<T>(string name, Func<Task<T>> function) => Execution.StepAsync(name, function);
}
