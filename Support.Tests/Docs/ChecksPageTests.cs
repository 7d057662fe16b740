using System.Globalization;
using System.Text;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Deployed;
using Support.Aws.Scaling;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Tests.Docs;

/// <summary>
/// <c>docs/checks.md</c>: every check of a run, of the machine, in an ECS task and of a service under test.
/// </summary>
internal sealed class ChecksPageTests
{
    private const string Head = """
        # Checks

        They run first. A critical one stops the ladder: the target does not resolve or answer, or descriptors do not cover
        the first step. Where this machine could not carry a later step, that step is not attempted. Each check says what was
        expected, what was found, and what to do next.

        This page is generated from the code.

        ## Machine and target

        `Plan.Estimate`, the last one, says what one task should hold: [scaling-plan.md](scaling-plan.md).

        | id | what is checked |
        | --- | --- |

        """;

    private const string OfEcs = """

        ## Task and service

        `Ecs.…` and `Task.…` are listed where the suite runs in an ECS task, `Service.…` where `Aws.Service` names the
        service under test. `Task.…` and `Service.…` are also checked by every rule of
        [task-definition.md](task-definition.md). Only `Task.State` stops a run, where ECS is already stopping the task.
        Where AWS does not answer, or a permission is missing, `Task.Api` or `Service.Api` says so once, and what depends
        on it is not applicable.

        | id | what is checked |
        | --- | --- |

        """;

    private const string OfScaling = """

        ## Scaling

        `Scaling.…` compare what is deployed with the plan, after the last step. A critical one is a missed gate, and its
        next step ends with the command that fixes it. What rests on a setting that is not given
        (`Plan.TargetConnections`, `Plan.PingInterval`) is a warning instead, and so is what rests on a lower bound. Where
        there is no plan, or doubt about it, numbers of tasks and connections are not compared.

        | id | what is checked | critical when | warning when |
        | --- | --- | --- | --- |

        """;

    [Test]
    public void The_page_of_checks_is_that_of_the_code()
    {
        var page = new StringBuilder();
        Append(page, Head, EnvironmentCheck.All.Select(check => (check.Id, check.Title)));
        Append(page, OfEcs, OfTaskAndService().Select(check => (check.Id, check.Title)));
        page.Append(OfScaling.ReplaceLineEndings("\n"));
        foreach (var rule in ScalingRules.All)
        {
            var critical = rule.Critical is "" ? "–" : rule.Critical;
            page.Append(
                CultureInfo.InvariantCulture, $"| `{rule.Id}` | {rule.Title} | {critical} | {rule.Warning} |\n");
        }

        Documents.AssertWritten("docs/checks.md", page.ToString());
    }

    private static void Append(StringBuilder page, string head, IEnumerable<(string Id, string Title)> checks)
    {
        page.Append(head.ReplaceLineEndings("\n"));
        foreach (var (id, title) in checks)
            page.Append(CultureInfo.InvariantCulture, $"| `{id}` | {title} |\n");
    }

    private static DeferredCheck[] OfTaskAndService() =>
    [
        .. MetadataChecks.For(
            _ => throw new NotSupportedException(),
            _ => throw new NotSupportedException(),
            new DefinitionNeeds { Connections = 1 }),
        .. DeployedChecks.OfTask(_ => throw new NotSupportedException()),
        .. DeployedChecks.OfService(_ => throw new NotSupportedException()),
    ];
}
