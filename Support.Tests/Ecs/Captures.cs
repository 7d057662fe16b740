using System.Runtime.CompilerServices;
using Support.Ecs;

namespace Support.Tests.Ecs;

/// <summary>
/// What real endpoints answered: the examples of the ECS developer guide, and what agents and Fargate were seen to say.
/// </summary>
internal static class Captures
{
    /// <summary>The container of the Fargate captures.</summary>
    public const string FargateId = "bfa2636268144d039771334145e490c5-1117626119";

    /// <summary>The container of the EC2 captures; the pause container stands before it.</summary>
    public const string Ec2Id = "ee08638adaaf009d78c248913f629e38299471d45fe7dc944d1039077e3424ca";

    /// <summary>A task on Fargate, as the guide shows it.</summary>
    public static EcsTask Fargate => Task("fargate-task.json", FargateId);

    /// <summary>A task on EC2, with the agent's pause container.</summary>
    public static EcsTask Ec2 => Task("ec2-task.json", Ec2Id);

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    public static EcsTask Task(string name, string? thisId = null, int version = 4, string? execution = null) =>
        EcsTaskParser.Parse(Text(name), version, execution)! with { ThisDockerId = thisId };

    private static string Folder(
        [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Captured");
}
