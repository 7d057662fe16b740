using System.Text.RegularExpressions;

namespace Support.Settings;

/// <summary>Names as AWS allows them.</summary>
internal static partial class AwsFormats
{
    private const string LoadBalancerPart = "loadbalancer/";

    /// <summary>A cluster or service (ECS API reference, CreateCluster and CreateService: up to 255 letters, digits, underscores, hyphens), or its ARN.</summary>
    public static SettingFormat<string> EcsName { get; } = Matching(EcsNames(), "a name of up to 255 letters, digits, underscores and hyphens, or an ARN");

    /// <summary>A container (ECS API reference, ContainerDefinition, name: up to 255 letters, digits, underscores and hyphens).</summary>
    public static SettingFormat<string> ContainerName { get; } = Matching(ContainerNames(), "a name of up to 255 letters, digits, underscores and hyphens");

    /// <summary>The value of CloudWatch's dimension LoadBalancer: the end of the load balancer's ARN, which is accepted as well.</summary>
    public static SettingFormat<string> LoadBalancer { get; } = new(
        "app/NAME/ID, or the load balancer's ARN",
        text => text.Trim() is var name && name.IndexOf(LoadBalancerPart, StringComparison.Ordinal) is var at and >= 0
            ? LoadBalancerOf(name[(at + LoadBalancerPart.Length)..])
            : LoadBalancerOf(text.Trim()),
        value => value);

    /// <summary>An S3 bucket (S3 user guide, bucket naming rules).</summary>
    public static SettingFormat<string> Bucket { get; } = Matching(
        Buckets(), "the name of an S3 bucket: 3 to 63 lower-case letters, digits, points and hyphens, a letter or digit at both ends");

    /// <summary>The start of S3 keys.</summary>
    public static SettingFormat<string> KeyPrefix { get; } = Matching(
        KeyPrefixes(), "up to 512 letters, digits and any of ! - _ . * ' ( ) /, without a slash at either end and without //");

    /// <summary>A CloudWatch namespace (CloudWatch API reference, PutMetricData: 1 to 255 characters; AWS/ is reserved).</summary>
    public static SettingFormat<string> Namespace { get; } = Matching(
        Namespaces(), "1 to 255 letters, digits and any of . - _ / # :, not starting with AWS/ or a colon");

    private static SettingFormat<string> Matching(Regex form, string allowed) => new(
        allowed,
        text => form.IsMatch(text.Trim()) ? text.Trim() : Parsed<string>.Bad(),
        value => value);

    private static Parsed<string> LoadBalancerOf(string name) => LoadBalancers().IsMatch(name) ? name : Parsed<string>.Bad(
        name.StartsWith("net/", StringComparison.Ordinal) ? "a network load balancer has other metrics and is not read" : "");

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,255}\z")]
    private static partial Regex ContainerNames();

    [GeneratedRegex(@"\A([A-Za-z0-9_-]{1,255}|arn:aws[a-z-]*:ecs:[a-z0-9-]+:\d{12}:(cluster|service)/[A-Za-z0-9_/-]{1,511})\z")]
    private static partial Regex EcsNames();

    [GeneratedRegex(@"\Aapp/[A-Za-z0-9-]{1,32}/[0-9a-f]{1,32}\z")]
    private static partial Regex LoadBalancers();

    [GeneratedRegex(@"\A(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z")]
    private static partial Regex Buckets();

    [GeneratedRegex(@"\A(?!/)(?!.*//)[A-Za-z0-9!_.*'()/-]{1,512}(?<!/)\z")]
    private static partial Regex KeyPrefixes();

    [GeneratedRegex(@"\A(?!AWS/)(?!:)[A-Za-z0-9.\-_/#:]{1,255}\z")]
    private static partial Regex Namespaces();
}
