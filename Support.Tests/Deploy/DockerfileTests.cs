using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Tests.Docs;

namespace Support.Tests.Deploy;

/// <summary>
/// The Dockerfile against the repository: what it forgets, only an image build would find, and none runs with the
/// tests.
/// </summary>
internal sealed partial class DockerfileTests
{
    private static readonly string[] Lines =
        [.. Documents.Text("Dockerfile").Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')];

    /// <summary>The projects that the layout publishes: build/layout.sh is what the Dockerfile runs.</summary>
    private static string[] Published =>
        [.. PublishedProjects().Matches(Documents.Text("build/layout.sh"))
            .Select(match => $"{match.Groups[1].Value}/{match.Groups[1].Value}.csproj")];

    [Test]
    public void Every_project_that_is_published_or_referenced_is_copied_before_the_restore()
    {
        var restore = Array.FindIndex(Lines, line => line.Contains("dotnet restore", StringComparison.Ordinal));
        var copied = Lines.Take(restore).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1])
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

        Assert.That(copied, Is.EquivalentTo(WithReferences(Published)));
    }

    [Test]
    public void Every_folder_that_the_build_needs_is_let_through()
    {
        var allowed = Documents.Text(".dockerignore")
            .Split('\n').Where(line => line.StartsWith('!')).Select(line => line[1..]).ToArray();
        var needed = WithReferences(Published).Select(file => file.Split('/')[0]).Distinct();

        Assert.That(allowed, Is.SupersetOf(needed));
    }

    [Test]
    public void It_ends_as_a_user_without_rights_whom_no_base_image_has_to_know()
    {
        var user = Lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal));

        Assert.That(user, Does.Match("^USER [1-9][0-9]{3,}:[1-9][0-9]{3,}$"));
    }

    [Test]
    public void It_runs_the_entry_point_and_is_stopped_by_the_signal_that_it_passes_on()
    {
        Assert.That(
            Lines,
            Has.Member("""ENTRYPOINT ["/bin/sh", "/app/deploy/entrypoint.sh"]""").And.Member("STOPSIGNAL SIGTERM"));
    }

    [Test]
    public void The_base_images_are_the_builders_to_name()
    {
        var arguments = Lines.Where(line => line.StartsWith("ARG ", StringComparison.Ordinal))
            .Select(line => line[4..]).ToHashSet();
        var bases = Lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1]).ToArray();

        Assert.That(bases, Is.EqualTo(new[] { "${SDK_IMAGE}", "${RUNTIME_IMAGE}" }));
        // An argument with a default has it here.
        Assert.That(arguments, Is.SupersetOf(new[] { "SDK_IMAGE", "RUNTIME_IMAGE" }));
    }

    [TestCase("Dockerfile")]
    [TestCase("build/layout.sh")]
    [TestCase("deploy/entrypoint.sh")]
    [TestCase(".ci/container/base.sh")]
    [TestCase(".ci/container/prove.sh")]
    public void No_host_of_a_registry_is_named(string file)
    {
        // A name with a dot and a top-level domain before a slash, which is how images and mirrors are named.
        Assert.That(RegistryHost().Matches(Documents.Text(file)).Select(match => match.Value), Is.Empty);
    }

    [Test]
    public void The_version_on_the_label_is_the_suites()
    {
        var version = XDocument.Load(Path.Combine(Documents.Root, "Directory.Build.props"))
            .Descendants("Version").Single().Value;

        Assert.That(Lines, Has.Member($"ARG VERSION={version}"));
    }

    /// <summary>The projects and all that they reference, Compat/ as without official packages.</summary>
    private static string[] WithReferences(IEnumerable<string> projects)
    {
        var known = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(projects);
        while (open.TryDequeue(out var project))
        {
            if (!known.Add(project))
                continue;
            foreach (var reference in References(project))
                open.Enqueue(reference);
        }

        return [.. known];
    }

    private static IEnumerable<string> References(string project)
    {
        var content = XDocument.Load(Path.Combine(Documents.Root, project));
        var folder = Path.GetDirectoryName(Path.Combine(Documents.Root, project))!;
        var direct = content.Descendants("ProjectReference").Select(reference =>
            Path.GetRelativePath(Documents.Root, Path.GetFullPath((string)reference.Attribute("Include")!, folder))
                .Replace('\\', '/'));
        var standIns = content.Descendants("CompatReference")
            .Select(reference => (string)reference.Attribute("Include")!);
        return direct.Concat(standIns.Select(name => $"Compat/{name}/{name}.csproj"));
    }

    [GeneratedRegex("^publish ([A-Za-z.]+) ", RegexOptions.Multiline)]
    private static partial Regex PublishedProjects();

    [GeneratedRegex(@"\b[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|io|net|org|dev|aws|azure)(:\d+)?/")]
    private static partial Regex RegistryHost();
}
