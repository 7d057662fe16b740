namespace Support.Settings;

/// <summary>What a task or an instance has, as AWS documents it.</summary>
/// <param name="Name">As in <c>t3.medium</c>, or <c>512/1024</c> for a task.</param>
/// <param name="Vcpus">vCPUs; 0.25 is a quarter of one.</param>
/// <param name="Memory">MiB.</param>
public sealed record MachineSize(string Name, double Vcpus, int Memory)
{
    /// <summary>Whether it is a task, whose memory is its own; an instance's is the system's as well.</summary>
    public bool IsTask { get; init; }

    /// <summary>The share of its vCPUs that it may use all the time: below 1 for the burstable types, which save up credits for more.</summary>
    public double BaselineCpu { get; init; } = 1;

    /// <summary>Network bandwidth that it has all the time, in Gbit/s; null where AWS does not say, as for every task on Fargate.</summary>
    public double? BaselineGbps { get; init; }

    /// <summary>Network bandwidth that it has for a while, as AWS's "up to" means it, in Gbit/s; null where it is the baseline or not known.</summary>
    public double? BurstGbps { get; init; }
}
