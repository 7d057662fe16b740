using System.Text.RegularExpressions;
using NUnit.Framework;
using Support.Tests.Docs;

namespace Support.Tests.HouseRules;

/// <summary>Who may know whom, and who may touch what.</summary>
internal sealed partial class StageTests
{
    private static readonly string[] Stages = RoomTests.Rooms;

    // Beside the folders stands what all of them use to write a text.
    [Test]
    public void Every_folder_of_Support_is_a_stage() => Assert.That(
        Sources.CodeIn("Support").Select(source => source.Room).Distinct(),
        Is.EquivalentTo([.. Stages, "Words.cs", "JsonForms.cs"]));

    [TestCaseSource(nameof(Stages))]
    public void A_stage_knows_only_itself_and_the_stages_before_it(string stage)
    {
        var later = Stages.Skip(Array.IndexOf(Stages, stage) + 1).ToHashSet();
        var found = Sources.CodeIn("Support").Where(
            source => source.Room == stage).SelectMany(source => StageNames().Matches(source.Code)
            .Select(match => match.Groups["stage"].Value)
            .Where(later.Contains).Select(name => $"{source.Path}: Support.{name}"));
        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Support_knows_neither_NUnit_nor_Allure_and_no_package_but_those_of_Aws()
    {
        using (Assert.EnterMultipleScope())
        {
            Sources.AssertNone(Sources.CodeIn("Support"), TestFrameworks(), source => source.Code);
            Sources.AssertNone(
                Sources.CodeIn("Support").Where(source => source.Room != "Aws"), AwsPackages(), source => source.Code);
            Assert.That(Documents.Text("Support/Support.csproj"), Does.Not.Match(@"Reference Include=""(?!AWSSDK\.)"));
        }
    }

    [Test]
    public void Only_one_file_reads_the_environment_of_the_process() => Sources.AssertNone(
        Sources.Code.Where(source => source.Project is "Support" or "CapacityTests" or "TargetServer"
            or "PoolWorker" or "Benchmarks" && source.Path != "Support/Settings/ProcessEnvironment.cs"),
        EnvironmentReads(),
        source => source.Code);

    // StopSignals: a terminal is no file, and what is said there is the last that a stopped run says.
    // SettingsDisk: whether the reports folder can be written has to be known before the first connection, and leaves
    // nothing behind.
    // AllureResults: a temporary folder of its own, made and removed; its files go through the reports folder.
    [Test]
    public void Only_the_reports_folder_writes_files() => Sources.AssertNone(
        Sources.CodeIn("Support").Where(source => source.Path is not ("Support/Reports/Files/ReportFolder.cs"
            or "Support/Reports/Files/AllureResults.cs" or "Support/Settings/SettingsDisk.cs"
            or "Support/Run/StopSignals.cs")),
        FileWrites(),
        source => source.Code);

    // AllureFolder: Allure's own configuration is handed over in a file and in a variable, before its lifecycle is
    // first touched.
    [Test]
    public void CapacityTests_has_no_input_and_output_of_its_own() => Sources.AssertNone(
        Sources.CodeIn("CapacityTests").Where(source => source.Path != "CapacityTests/AllureFolder.cs"),
        OwnInputOutput(), source => source.Code);

    // Suite: NUnit asks for the cases of a fixture before it makes one. AllureFolder: Allure has one for the process.
    [Test]
    public void A_run_has_no_static_state() => Sources.AssertNone(
        Sources.Code.Where(source => source.Project == "CapacityTests"
            || source.Path.StartsWith("Support/Run/", StringComparison.Ordinal))
            .Where(source => source.Path is not ("CapacityTests/Suite.cs" or "CapacityTests/AllureFolder.cs")),
        StaticState(),
        source => source.Code);

    // StopSignals: what ends a process, ends it synchronously.
    [Test]
    public void Nobody_waits_for_a_task_but_by_await() => Sources.AssertNone(
        Sources.Code.Where(source => source.Project is "Support" or "CapacityTests"
            && source.Path != "Support/Run/StopSignals.cs"),
        Waits(),
        source => source.Code);

    [Test]
    public void The_rules_see_what_they_forbid()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                StageNames().Match("var x = global::Support.Reports.Words.Count(1);").Groups["stage"].Value,
                Is.EqualTo("Reports"));
            Assert.That(TestFrameworks().IsMatch("using NUnit.Framework;"), Is.True);
            Assert.That(AwsPackages().IsMatch("using Amazon.ECS;"), Is.True);
            Assert.That(EnvironmentReads().IsMatch("Environment.GetEnvironmentVariable(name)"), Is.True);
            Assert.That(FileWrites().IsMatch("File.WriteAllTextAsync(path)")
                && FileWrites().IsMatch("new FileStream(p, FileMode.Create, FileAccess.Write)"), Is.True);
            Assert.That(FileWrites().IsMatch("new FileStream(p, FileMode.Open, FileAccess.Read)"), Is.False);
            Assert.That(OwnInputOutput().IsMatch("using System.Net.Http;")
                && OwnInputOutput().IsMatch("File.WriteAllText(a, b)"), Is.True);
            Assert.That(StaticState().IsMatch("    private static EmfLog? emf;")
                && StaticState().IsMatch("    public static bool IsFinal { get; private set; }"), Is.True);
            Assert.That(StaticState().IsMatch("    private static readonly TimeSpan Hurried = TimeSpan.Zero;")
                || StaticState().IsMatch("    public static void Prepare()"), Is.False);
            Assert.That(
                Waits().IsMatch("var a = b.GetAwaiter().GetResult();") && Waits().IsMatch("Task.Run(a).Wait(Deadline)"),
                Is.True);
            Assert.That(
                SourceText.WithoutCommentsAndTexts("a // NUnit\n\"NUnit \\\" NUnit\" '\"' b"),
                Does.Match("^a +\n +b$"));
        }
    }

    // A field that is not readonly, or any property that is not computed.
    [GeneratedRegex(@"^\s*(public |internal |private )?static (?!readonly |async |partial |class |extern "
        + @")[\w<>\[\]?., ]+ \w+ ?(;|= |\{ get)")]
    private static partial Regex StaticState();

    [GeneratedRegex(@"\.GetAwaiter\(\)\.GetResult\(|\.Wait\((?!Async)")]
    private static partial Regex Waits();

    [GeneratedRegex(@"\bSupport\.(?<stage>[A-Z]\w+)")]
    private static partial Regex StageNames();

    [GeneratedRegex(@"\bNUnit\b|\bAllure\.")]
    private static partial Regex TestFrameworks();

    [GeneratedRegex(@"\bAmazon\.\w")]
    private static partial Regex AwsPackages();

    [GeneratedRegex(@"GetEnvironmentVariable|ExpandEnvironmentVariables")]
    private static partial Regex EnvironmentReads();

    [GeneratedRegex(@"\bFile\.(Write|Append|Create|Delete|Move|Copy|Open(?!Read)|Replace)|new "
        + @"StreamWriter|FileAccess\.\w*Write|\bDirectory\.(Create|Delete|Move)|new "
        + @"FileStream\((?!.*FileAccess\.Read\b)")]
    private static partial Regex FileWrites();

    [GeneratedRegex(@"\bSystem\.Net\b|\bFile\.(?!Exists|ReadAllText)"
        + @"|new (FileStream|StreamWriter|Socket|HttpClient|TcpClient)\b"
        + @"|\bDirectory\.(?!Exists|GetCurrentDirectory)[A-Z]|\bProcess\.Start")]
    private static partial Regex OwnInputOutput();
}
