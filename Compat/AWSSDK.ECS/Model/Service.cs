namespace Amazon.ECS.Model;

/// <summary>A service as it is. ECS API reference, Service.</summary>
public class Service
{
    public AvailabilityZoneRebalancing? AvailabilityZoneRebalancing { get; set; }

    public List<CapacityProviderStrategyItem>? CapacityProviderStrategy { get; set; }

    public string? ClusterArn { get; set; }

    public DateTime? CreatedAt { get; set; }

    public string? CreatedBy { get; set; }

    public DeploymentConfiguration? DeploymentConfiguration { get; set; }

    public DeploymentController? DeploymentController { get; set; }

    public List<Deployment>? Deployments { get; set; }

    public int? DesiredCount { get; set; }

    public bool? EnableECSManagedTags { get; set; }

    public bool? EnableExecuteCommand { get; set; }

    public List<ServiceEvent>? Events { get; set; }

    public int? HealthCheckGracePeriodSeconds { get; set; }

    public LaunchType? LaunchType { get; set; }

    public List<LoadBalancer>? LoadBalancers { get; set; }

    public NetworkConfiguration? NetworkConfiguration { get; set; }

    public int? PendingCount { get; set; }

    public List<PlacementConstraint>? PlacementConstraints { get; set; }

    public List<PlacementStrategy>? PlacementStrategy { get; set; }

    public string? PlatformFamily { get; set; }

    public string? PlatformVersion { get; set; }

    public PropagateTags? PropagateTags { get; set; }

    public string? RoleArn { get; set; }

    public int? RunningCount { get; set; }

    public SchedulingStrategy? SchedulingStrategy { get; set; }

    public string? ServiceArn { get; set; }

    public string? ServiceName { get; set; }

    public List<ServiceRegistry>? ServiceRegistries { get; set; }

    public string? Status { get; set; }

    public List<Tag>? Tags { get; set; }

    public string? TaskDefinition { get; set; }
}

/// <summary>The share of a capacity provider. ECS API reference, CapacityProviderStrategyItem.</summary>
public class CapacityProviderStrategyItem
{
    public int? Base { get; set; }

    public string? CapacityProvider { get; set; }

    public int? Weight { get; set; }
}

/// <summary>The target group that the tasks of a service are put into. ECS API reference, LoadBalancer.</summary>
public class LoadBalancer
{
    public AdvancedConfiguration? AdvancedConfiguration { get; set; }

    public string? ContainerName { get; set; }

    public int? ContainerPort { get; set; }

    public string? LoadBalancerName { get; set; }

    public string? TargetGroupArn { get; set; }
}

/// <summary>The second target group of a blue/green deployment. ECS API reference, AdvancedConfiguration.</summary>
public class AdvancedConfiguration
{
    public string? AlternateTargetGroupArn { get; set; }

    public string? ProductionListenerRule { get; set; }

    public string? RoleArn { get; set; }

    public string? TestListenerRule { get; set; }
}

/// <summary>The network of tasks of mode awsvpc. ECS API reference, NetworkConfiguration.</summary>
public class NetworkConfiguration
{
    public AwsVpcConfiguration? AwsvpcConfiguration { get; set; }
}

/// <summary>Subnets and security groups. ECS API reference, AwsVpcConfiguration.</summary>
public class AwsVpcConfiguration
{
    public AssignPublicIp? AssignPublicIp { get; set; }

    public List<string>? SecurityGroups { get; set; }

    public List<string>? Subnets { get; set; }
}

/// <summary>Where tasks may be placed. ECS API reference, PlacementConstraint.</summary>
public class PlacementConstraint
{
    public string? Expression { get; set; }

    public PlacementConstraintType? Type { get; set; }
}

/// <summary>How tasks are spread. ECS API reference, PlacementStrategy.</summary>
public class PlacementStrategy
{
    public string? Field { get; set; }

    public PlacementStrategyType? Type { get; set; }
}

/// <summary>What the scheduler did. ECS API reference, ServiceEvent.</summary>
public class ServiceEvent
{
    public DateTime? CreatedAt { get; set; }

    public string? Id { get; set; }

    public string? Message { get; set; }
}

/// <summary>Where a service is found by name. ECS API reference, ServiceRegistry.</summary>
public class ServiceRegistry
{
    public string? ContainerName { get; set; }

    public int? ContainerPort { get; set; }

    public int? Port { get; set; }

    public string? RegistryArn { get; set; }
}
