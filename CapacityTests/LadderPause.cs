namespace CapacityTests;

/// <summary>The pause before a step or a try that is not the first, with its signs of life.</summary>
internal static class LadderPause
{
    /// <summary>Waits until the connections of what went before are gone.</summary>
    /// <param name="sessions">What is to begin after it.</param>
    public static async Task WaitAsync(int sessions)
    {
        // The step's own signs of life begin with the step: what went before must not add to the silence.
        var pause = (await CapacityRun.Target.PauseAsync(CapacityRun.Interrupted)).WaitAsync(CapacityRun.Interrupted);
        while (await Task.WhenAny(pause, Task.Delay(Screen.SignOfLife, TimeProvider.System, CancellationToken.None)) != pause)
            Screen.Show(FormattableString.Invariant($"… {sessions,5} sessions: pause, until the connections of the step before are gone"));
        var waited = await pause;
        if (waited >= TimeSpan.FromSeconds(2))
            Screen.Show(FormattableString.Invariant($"… {sessions,5} sessions: begins, after a pause of {waited.TotalSeconds:0} s"));
    }
}
