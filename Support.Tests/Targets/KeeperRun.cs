using Support.Targets;
using Support.Targets.Groups;

namespace Support.Tests.Targets;

/// <summary>Keepers without a server process around them, and stand-ins for the programs that they call.</summary>
internal static class KeeperRun
{
    public static async Task<(KeeperLine First, ServerEnd End)> RunAsync(GroupPlaces places, string line, string? searchPath = null, bool untilEnded = false)
    {
        var keeper = Keeper.Start(new(line, "/", ServerRun.Small, places) { SearchPath = searchPath });
        var first = await keeper.Started;
        if (untilEnded)
            await keeper.Ended;
        return (first, await keeper.EndAsync());
    }

    public static Task ToolAsync(string folder, string name, string script, CancellationToken cancellationToken) =>
        Task.Run(() => ShellScript.Write(Path.Combine(folder, name), $"#!/bin/sh\n{script}\n"), cancellationToken);
}
