using NUnit.Framework;

namespace Support.Tests.Docs;

/// <summary>
/// The schema is made of the types that the code writes; <c>.ci/run</c> validates real reports against it.
/// </summary>
internal sealed class SchemaTests
{
    [Test]
    public void The_schema_is_that_of_the_types_that_are_written() =>
        Documents.AssertWritten("docs/capacity.schema.json", CapacitySchema.Text());

    [Test]
    public void Every_rule_is_of_a_key_that_is_there()
    {
        var types = CapacitySchema.Keys().ToHashSet();
        Assert.That(SchemaRules.Keys.Except(types.Concat(types.Select(key => key.Split('.')[1]))), Is.Empty);
    }
}
