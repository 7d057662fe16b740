using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using Support.Host;

namespace Support.Sizes;

/// <summary>What a file was at a git revision.</summary>
/// <param name="Text">Its content; null where there is none.</param>
/// <param name="Problem">Why not, in one clause; empty where there is a text.</param>
/// <param name="Next">What to do; empty where there is a text.</param>
internal sealed record GitFile(string? Text, string Problem, string Next)
{
    /// <summary>Whether git knows the revision, and it has no such file.</summary>
    internal bool IsAbsent { get; private init; }

    private const int MostCharacters = 1_048_576;
    private const string Allowed = "Name a file, or a revision as origin/main, HEAD~1, a tag or a commit.";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    // Root measures what another user has checked out, as on a CI runner under sudo: no program that the repository
    // names is run.
    private static readonly ImmutableArray<string> NothingOfTheRepository =
    [
        "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "log.showSignature=false", "--no-pager",
    ];

    /// <summary>Asks git, which must be installed, for the file at the revision.</summary>
    /// <param name="revision">As git takes it (gitrevisions(7)), without a path.</param>
    /// <param name="file">The file as it is now, absolute; it need not exist any more.</param>
    /// <param name="time">For the deadline of 15 s.</param>
    /// <param name="cancellationToken">Ends git.</param>
    internal static async Task<GitFile> ShowAsync(
        string revision, string file, TimeProvider time, CancellationToken cancellationToken)
    {
        // Git would take the first for an option; a colon begins a path.
        if (revision.StartsWith('-') || revision.Contains(':', StringComparison.Ordinal))
            return new(null, "a revision does not begin with '-' and has no ':'", Allowed);
        var folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
            return new(null, $"there is no folder {folder} to ask git in", Allowed);
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await RunAsync(Start(revision, file, folder), revision, file, both.Token).ConfigureAwait(false);
        }
        catch (Win32Exception error)
        {
            return new(
                null,
                $"git could not be started ({error.Message})",
                "Install git where the suite runs, or name the file before the change in Gate.TaskDefinitionBefore.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, "git did not answer in 15 s", "Run git show there by hand to see what it waits for; or "
                + "name the file before the change in Gate.TaskDefinitionBefore.");
        }
    }

    private static ProcessStartInfo Start(string revision, string file, string folder)
    {
        var start = new ProcessStartInfo(
            "git",
            [
                "-c", "safe.directory=*", .. NothingOfTheRepository, "-C", folder,
                "show", "--no-textconv", "--no-ext-diff", "--end-of-options", $"{revision}:./{Path.GetFileName(file)}",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            UseShellExecute = false,
        };
        // The words of errors are read below; nobody is there to answer a question.
        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        // A partial clone fetches what it lacks, by programs that its configuration names.
        start.Environment["GIT_ALLOW_PROTOCOL"] = "none";
        start.Environment["GIT_NO_LAZY_FETCH"] = "1";
        // Started from a hook of git, these name the hook's repository, and not the file's.
        foreach (var name in (ReadOnlySpan<string>)
            ["GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX",
                "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR"])
            start.Environment.Remove(name);
        return start;
    }

    private static async Task<GitFile> RunAsync(
        ProcessStartInfo start, string revision, string file, CancellationToken cancellationToken)
    {
        using var git = Process.Start(start) ?? throw new Win32Exception("no process");
        try
        {
            git.StandardInput.Close();
            var text = ReadAsync(git.StandardOutput, cancellationToken);
            var said = git.StandardError.ReadToEndAsync(cancellationToken);
            if (await text.ConfigureAwait(false) is not { } shown)
                return new(
                    null,
                    $"the file has more than {Words.Bytes(MostCharacters)} there; allowed: at most that",
                    Allowed);
            await git.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return git.ExitCode == 0 ? new(shown, "", "") : Failed(await said.ConfigureAwait(false), revision, file);
        }
        finally
        {
            if (!git.HasExited)
                git.Kill(entireProcessTree: true);
        }
    }

    // Null where there is more.
    private static async Task<string?> ReadAsync(StreamReader from, CancellationToken cancellationToken)
    {
        var read = new char[MostCharacters + 1];
        var length = await from.ReadBlockAsync(read, cancellationToken).ConfigureAwait(false);
        return length > MostCharacters ? null : new(read, 0, length);
    }

    // The repository's top, which alone git takes as safe.directory, is the first that it quotes.
    private static string? Top(string said) =>
        said.Split('\'') is [_, { Length: > 0 } top, ..] ? Words.Line(top) : null;

    internal static GitFile Failed(string said, string revision, string file)
    {
        bool Says(params string[] words) => words.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));
        var folder = Path.GetDirectoryName(file)!;
        // The first are git's words since 2.35.3, the others those before; "-c safe.directory" counts since 2.38 alone.
        if (Says("dubious ownership", "unsafe repository"))
        {
            var top = Top(said) ?? folder;
            return new(
                null,
                $"git does not trust {top}, which belongs to another user",
                $"Run, as the user who runs the suite: git config --global --add safe.directory '{top}'");
        }

        if (Says("not a git repository"))
            return new(
                null,
                $"{folder} is in no git repository",
                "Check the repository out with git where the suite runs, or name the file before the change.");
        if (Says("promisor", "lazy fetching"))
            return new(
                null,
                $"{Path.GetFileName(file)} of revision {Words.Quote(revision)} was left out of a partial clone",
                "Clone without --filter, or fetch it first, as the user of the clone: git show REVISION:FILE "
                    + ">/dev/null.");
        if (Says("exists on disk, but not in", "does not exist in"))
            return new(
                null,
                $"{Path.GetFileName(file)} is not in revision {Words.Quote(revision)}",
                "Name a revision that has the file at the same place, or the file before the change.")
                {
                    IsAbsent = true,
                };
        return Says("invalid object name", "unknown revision", "bad revision", "ambiguous argument")
            ? new(null, $"git knows no revision {Words.Quote(revision)} here", $"{Allowed} In a pipeline, fetch it "
                + "first: a shallow clone has one commit alone (GitHub Actions: fetch-depth: 0 of actions/checkout; "
                + "GitLab: GIT_DEPTH: 0).")
            : new(null, $"git says: {Words.Line(said.Trim())}", Allowed);
    }
}
