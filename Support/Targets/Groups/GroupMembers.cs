using System.Globalization;
using Support.Host;

namespace Support.Targets.Groups;

/// <summary>Who is in a server's control group.</summary>
internal static class GroupMembers
{
    /// <summary>Whether a process is known to be in another group than the server's and those below it.</summary>
    /// <param name="process">The process; one that has ended is nowhere known to be.</param>
    /// <param name="server">A process of the server.</param>
    /// <param name="files">The machine.</param>
    public static bool IsOutside(int process, int server, FileTree files) =>
        ControlGroup.Of(server, files)?.Memory is { } own
        && files.ReadText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cgroup")) is not null
        && new CgroupReader(files, process).Locate("memory") is { } place
        && !place.Folders.Contains(own.Folders[0]);
}
