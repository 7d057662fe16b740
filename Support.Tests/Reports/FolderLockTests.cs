using NUnit.Framework;
using Support.Reports.Files;

namespace Support.Tests.Reports;

internal sealed class FolderLockTests
{
    private readonly TemporaryFolder temporary = new();

    [TearDown]
    public void Remove() => temporary.Dispose();

    [Test]
    public void A_folder_is_of_one_run_and_the_next_is_told_whose()
    {
        var (first, none) = Take();
        var (second, refusal) = Take();
        first!.Dispose();
        var left = Directory.GetFiles(temporary.Folder.Directory);
        var (third, noneAgain) = Take();
        third!.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((second, none, noneAgain), Is.EqualTo(((FolderLock?)null, (string?)null, (string?)null)));
            Assert.That(
                refusal,
                Does.Contain(temporary.Folder.Directory).And.Contain($"process {Environment.ProcessId} on ")
                    .And.Contain("CAPACITY_REPORTS_DIRECTORY"));
            Assert.That(left, Is.Empty);
        }
    }

    [Test]
    public void What_a_killed_run_left_is_in_nobodys_way()
    {
        temporary.Folder.Write(".run.lock", "");
        temporary.Folder.Write(".run.holder", "process 1 on a, since then");
        var (taken, refusal) = Take();
        var holder = temporary.Folder.Read(".run.holder");
        taken!.Dispose();

        Assert.That(refusal, Is.Null);
        Assert.That(holder, Does.StartWith($"process {Environment.ProcessId} on "));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_no_other_runs()
    {
        var file = temporary.Folder.Write("file", "");

        Assert.That(
            FolderLock.Take(new(Path.Combine(file, "below")), TimeProvider.System),
            Is.EqualTo(((FolderLock?)null, (string?)null)));
    }

    private (FolderLock? Lock, string? Refusal) Take() => FolderLock.Take(temporary.Folder, TimeProvider.System);
}
