using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace Support.Aws;

/// <summary>What a fault is and what to change. What AWS says is quoted only where it can hold no secret.</summary>
internal static partial class AwsFaultText
{
    private const int MostOfAMessage = 200;

    public static string What(AwsFaultKind kind, Exception error) => kind switch
    {
        AwsFaultKind.MissingPermission =>
            $"{Caller(error)} has no permission{(IsExplicit(error) ? ", and a policy denies it expressly" : "")}",
        AwsFaultKind.NoCredentials =>
            "no credentials: neither the AWS_… variables nor a profile nor a task or instance role gave any",
        AwsFaultKind.ExpiredCredentials => $"the credentials have expired ({Code(error)})",
        AwsFaultKind.RejectedCredentials => $"the credentials were rejected ({Code(error)})",
        AwsFaultKind.NoRegion => "no region: neither AWS_REGION nor a profile nor a task's ARN names one",
        AwsFaultKind.Throttled => Say($"throttled ({Code(error)}), and so were {AwsClients.Retries} retries"),
        AwsFaultKind.Unreachable => $"no connection: {Quoted(Innermost(error).Message)}",
        AwsFaultKind.NoAnswer => "no answer in time",
        AwsFaultKind.WrongEndpoint => "what answered does not speak the protocol of the service",
        AwsFaultKind.ServiceFault => Say(
            $"the service failed with {Status(error)} ({Code(error)}), and so did {AwsClients.Retries} retries"),
        AwsFaultKind.ClockSkew =>
            $"the clock of this machine and that of AWS are more than 5 minutes apart ({Code(error)})",
        AwsFaultKind.NotFound => $"not found ({Code(error)}): {Quoted(error.Message)}",
        AwsFaultKind.Refused => $"refused ({Code(error)}): {Quoted(error.Message)}",
        _ => $"the client failed: {error.GetType().Name}: {Quoted(error.Message)}",
    };

    /// <summary>What exactly to change, where the error says more than its kind.</summary>
    public static string Next(AwsFaultKind kind, Exception error, string action) => kind switch
    {
        AwsFaultKind.MissingPermission when IsExplicit(error) =>
            $"Take {Missing(error, action)} out of the Deny statement of the policy, boundary or service control "
                + "policy that holds for this role; an Allow does not outweigh it.",
        AwsFaultKind.MissingPermission => Next(kind, Missing(error, action)),
        _ => Next(kind, action),
    };

    /// <summary>What exactly to change.</summary>
    public static string Next(AwsFaultKind kind, string action) => kind switch
    {
        AwsFaultKind.MissingPermission =>
            "Add this statement to the policy of the task role (elsewhere: of the user or role that runs the "
                + $"suite): {Statement(action)}; deploy/iam/task-role-policy.json has all of them.",
        AwsFaultKind.NoCredentials =>
            "In ECS give the task definition a role: \"taskRoleArn\": \"arn:aws:iam::ACCOUNT:role/NAME\" (the "
                + "execution role is not for this). Elsewhere set AWS_PROFILE, or AWS_ACCESS_KEY_ID and "
                + "AWS_SECRET_ACCESS_KEY.",
        AwsFaultKind.ExpiredCredentials =>
            "Sign in again (aws sso login) or renew AWS_SESSION_TOKEN with its two keys; in ECS take the AWS_… key "
                + "variables out of the task definition, so that the task role's are used, which renew themselves.",
        AwsFaultKind.RejectedCredentials =>
            "Check that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN belong together, that the key "
                + "is active, and that the region is enabled for the account.",
        AwsFaultKind.NoRegion => "Set AWS_REGION to the region of the service under test, as eu-west-1.",
        AwsFaultKind.Throttled => "Run again later, or ask less often: other callers of the account share this limit.",
        AwsFaultKind.Unreachable or AwsFaultKind.NoAnswer =>
            "Check the region's name and AWS_ENDPOINT_URL; in a private subnet give the task a NAT gateway or the "
                + $"VPC endpoint com.amazonaws.REGION.{Endpoint(action)} whose security group allows port 443.",
        AwsFaultKind.WrongEndpoint => "Check AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_<SERVICE>, and any proxy in "
            + "between; unset them to use the endpoint of the region.",
        AwsFaultKind.ServiceFault => "Run again later; the AWS Health Dashboard says whether the service is disturbed.",
        AwsFaultKind.ClockSkew => "Set the clock of the machine (chronyc makestep, or restart the virtual machine): "
            + "requests are signed with its time.",
        AwsFaultKind.NotFound => Where(action),
        AwsFaultKind.Refused => "Change what AWS names above and run again.",
        _ => "Report this with the message above: it is a fault of the suite or of its AWS client.",
    };

    /// <summary>Grants an action, and no more than the suite uses (IAM service authorization reference).</summary>
    public static string Statement(string action) =>
        $$"""{"Effect": "Allow", "Action": "{{action}}", {{Scope(action)}}}""";

    private static string Scope(string action) => action switch
    {
        "s3:PutObject" => """
            "Resource": "arn:aws:s3:::BUCKET/PREFIX/*"
            """,
        // It has no resource to name.
        "cloudwatch:PutMetricData" => """
            "Resource": "*", "Condition": {"StringEquals": {"cloudwatch:namespace": "NAMESPACE"}}
            """,
        _ => """
            "Resource": "*"
            """,
    };

    private static string Where(string action) => action switch
    {
        "ecs:DescribeTasks" => "The task's own cluster was not found: check AWS_REGION, AWS_ENDPOINT_URL and that "
            + "the credentials are of the task's account.",
        "ecs:DescribeServices" =>
            "Check Aws.Cluster, Aws.Service and AWS_REGION: aws ecs list-services --cluster CLUSTER.",
        "ecs:DescribeTaskDefinition" => "Check the family, the revision and AWS_REGION, and that the credentials are "
            + "of its account: aws ecs list-task-definitions --family-prefix FAMILY.",
        "s3:PutObject" => "Check Aws.ReportsBucket; the bucket has to exist.",
        "elasticloadbalancing:DescribeLoadBalancers" =>
            "Check Aws.LoadBalancer and AWS_REGION: aws elbv2 describe-load-balancers.",
        _ => "Check the name, the account and AWS_REGION.",
    };

    private static string Missing(Exception error, string action) =>
        Actions().Match(error.Message) is { Success: true } match ? match.Groups["action"].Value : action;

    private static string Caller(Exception error) =>
        Callers().Match(error.Message) is { Success: true } match ? match.Groups["arn"].Value : "the caller";

    private static bool IsExplicit(Exception error) =>
        error.Message.Contains("explicit deny", StringComparison.OrdinalIgnoreCase);

    private static string Code(Exception error) =>
        AwsFaultKinds.Find<AmazonServiceException>(error)?.ErrorCode is { Length: > 0 } code
            ? Quoted(code)
            : error.GetType().Name;

    private static int Status(Exception error) =>
        (int)(AwsFaultKinds.Find<AmazonServiceException>(error)?.StatusCode ?? 0);

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    private static string Endpoint(string action) => action.Split(':')[0] switch
    {
        "cloudwatch" => "monitoring",
        var service => service,
    };

    // A rejected signature is answered with the text that should have been signed, and the session token is part of it.
    private static string Quoted(string message)
    {
        var line = string.Join(
            ' ', Secrets().Replace(message, "…").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > MostOfAMessage ? $"{line[..MostOfAMessage]}…" : line;
    }

    [GeneratedRegex(@"not authorized to perform: (?<action>[a-z0-9-]+:[A-Za-z*]+)")]
    private static partial Regex Actions();

    [GeneratedRegex(@"\b(?<arn>arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[\w+=,.@/-]+) is not authorized")]
    private static partial Regex Callers();

    // Key ids (IAM user guide, unique identifiers), and whatever is as long as a key or token and has no other use.
    [GeneratedRegex(@"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b|[A-Za-z0-9+/=_%-]{40,}")]
    private static partial Regex Secrets();
}
