using NUnit.Framework;

namespace Support.Tests.Plan;

/// <summary>The folder has tests that take as long as a whole run: they start before the others.</summary>
[SetUpFixture, Order(1)]
internal sealed class StartsFirst;
