using System.Text;
using NUnit.Framework;
using Support.Aws;
using Support.Aws.Scaling;
using Support.Ecs;
using Support.Ecs.Definitions;
using Support.Host;

namespace Support.Tests.Docs;

/// <summary><c>docs/ecs-checks.md</c>: every check that a run in an ECS task, or one with a service under test, has beside those of the machine.</summary>
public sealed class EcsChecksPageTests
{
    private const string Head = """
        # Checks in ECS

        `Ecs.…` and `Task.…` are listed where the suite runs in an ECS task, `Service.…` where `Aws.Service` names the service under test. Beside those here, `Task.…` and
        `Service.…` are checked by every rule of [task-definition.md](task-definition.md). Only `Task.State` stops a run, where ECS is already stopping the task; what is
        deployed can else be measured. Where AWS does not answer, or a permission is missing, `Task.Api` or `Service.Api` says so once, and what depends on it is not applicable.

        This page is made of the code; a test compares it, and `ACCEPT_SAMPLE=1 dotnet test Support.Tests` writes it anew.

        | id | what is checked |
        | --- | --- |

        """;

    private const string OfScaling = """

        ## Scaling

        `Scaling.…` compare what is deployed with the plan, after the last step. A critical one is a missed gate, and its next step ends with the command that mends it. What rests on
        a setting that is not given (`Plan.TargetConnections`, `Plan.PingInterval`) is a warning instead, and so is what rests on a safe limit that is a lower bound. Where there is no plan, or
        doubt about it, numbers of tasks and connections are not compared.

        | id | what is checked | critical when | warning when |
        | --- | --- | --- | --- |

        """;

    [Test]
    public void The_page_of_checks_in_ECS_is_that_of_the_code()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var check in All())
            page.Append("| `").Append(check.Id).Append("` | ").Append(check.Title).Append(" |\n");
        page.Append(OfScaling.ReplaceLineEndings("\n"));
        foreach (var rule in ScalingRules.All)
            page.Append("| `").Append(rule.Id).Append("` | ").Append(rule.Title).Append(" | ").Append(rule.Critical is "" ? "–" : rule.Critical).Append(" | ").Append(rule.Warning).Append(" |\n");
        Documents.AssertWritten("docs/ecs-checks.md", page.ToString());
    }

    private static DeferredCheck[] All() =>
    [
        .. MetadataChecks.For(_ => throw new NotSupportedException(), _ => throw new NotSupportedException(), new DefinitionNeeds { Connections = 1 }),
        .. DeployedChecks.OfTask(_ => throw new NotSupportedException()),
        .. DeployedChecks.OfService(_ => throw new NotSupportedException()),
    ];
}
