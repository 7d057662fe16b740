namespace Allure.Net.Commons;

/// <summary>Lets code without a value go the way of code with one.</summary>
internal static class Valueless
{
    public static bool Of(Action action)
    {
        action();
        return true;
    }

    public static async Task<bool> OfAsync(Func<Task> action)
    {
        await action().ConfigureAwait(false);
        return true;
    }
}
