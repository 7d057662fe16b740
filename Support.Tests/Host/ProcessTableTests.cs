using NUnit.Framework;
using Support.Host;

namespace Support.Tests.Host;

/// <summary>Which processes there are, and which belong together.</summary>
internal sealed class ProcessTableTests
{
    private static readonly IReadOnlySet<int> Nobody = new HashSet<int>();

    [Test]
    public void A_real_process_is_read() => Assert.That(
        ProcStat.Row(10469, Captured.Text("self-stat.txt")),
        Is.EqualTo(new ProcessRow(new(10469, 153047), "cat", 10413, TimeSpan.Zero, 382)));

    [Test]
    public void Time_of_children_that_ended_counts_and_a_name_may_hold_brackets() => Assert.That(
        ProcStat.Row(7, "7 (a) (b)) S 3 1 1 0 -1 0 1 2 3 4 100 200 30 40 20 0 1 0 99 0 5 0"),
        Is.EqualTo(new ProcessRow(new(7, 99), "a) (b)", 3, TimeSpan.FromSeconds(3.7), 5)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("7 (cat")]
    [TestCase("7 (cat) S 3 1 1")]
    [TestCase("7 (cat) S x 1 1 0 -1 0 1 2 3 4 100 200 30 40 20 0 1 0 99 0 5 0")]
    public void Nothing_and_garbage_give_no_process(string? stat) => Assert.That(ProcStat.Row(7, stat), Is.Null);

    [Test]
    public void Folders_that_are_no_process_are_left_out()
    {
        using var tree = new FakeTree().With("/proc/10469/stat", Captured.Text("self-stat.txt"))
            .With("/proc/net/stat", "x").With("/proc/8/statm", "1 2");

        Assert.That(ProcessTable.Read(tree.Files).Select(row => row.Id.Pid), Is.EqualTo(new[] { 10469 }));
    }

    [Test]
    public void A_server_is_its_owners_and_all_that_descends_from_them() =>
        // A master, two workers that share its listener, a child of one, and two strangers.
        Assert.That(
            Family([(10, 1), (11, 10), (12, 10), (13, 12), (20, 1), (21, 20)], roots: [10, 11, 12], Nobody),
            Is.EqualTo(new[] { 10, 11, 12, 13 }));

    [Test]
    public void An_owner_that_is_gone_adds_nothing_nor_does_one_whose_number_another_process_has() =>
        Assert.That(
            ProcessTable.Families(
                [Row(10, 1), Row(11, 10)], [new ProcessIdentity(10, 555), new ProcessIdentity(99, 99)], Nobody),
            Is.Empty);

    [Test]
    public void What_is_the_suites_own_is_not_the_servers() =>
        // The server started the suite, which started a worker.
        Assert.That(
            Family([(10, 1), (11, 10), (30, 10), (31, 30)], roots: [10], new HashSet<int> { 30 }),
            Is.EqualTo(new[] { 10, 11 }));

    [Test]
    public void The_first_process_of_a_machine_has_no_family() =>
        Assert.That(Family([(1, 0), (10, 1), (20, 1)], roots: [1], Nobody), Is.EqualTo(new[] { 1 }));

    private static IEnumerable<int> Family(
        (int Pid, int Parent)[] rows, int[] roots, IReadOnlySet<int> without) => ProcessTable
        .Families(
            [.. rows.Select(row => Row(row.Pid, row.Parent))],
            [.. roots.Select(pid => new ProcessIdentity(pid, pid))],
            without)
        .Select(row => row.Id.Pid);

    private static ProcessRow Row(int pid, int parent) => new(new(pid, pid), "server", parent, TimeSpan.Zero, 1);
}
