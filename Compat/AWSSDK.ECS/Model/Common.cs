namespace Amazon.ECS.Model;

/// <summary>What was asked for and is not there. ECS API reference, Failure.</summary>
public class Failure
{
    public string? Arn { get; set; }

    public string? Detail { get; set; }

    public string? Reason { get; set; }
}

/// <summary>A tag. ECS API reference, Tag.</summary>
public class Tag
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}

/// <summary>A name and a value. ECS API reference, KeyValuePair.</summary>
public class KeyValuePair
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
