namespace Support.Host;

/// <summary>The way to the target: its name, its certificate, one handshake.</summary>
internal static class TargetChecks
{
    // Longer than any deadline of a handshake, so that it only ends a delegate that forgot its own.
    private static readonly TimeSpan HandshakeDeadline = TimeSpan.FromSeconds(30);

    internal static Answer Name(EnvironmentFacts facts, CheckContext context)
    {
        const string expected = "at least one address";
        if (context.Settings.Target.Url is null)
            return Answer.NotApplicable(expected, "the embedded target is reached by its address");

        if (facts.Target is not { IsAddress: false } resolved)
            return Answer.NotApplicable(expected, $"the host of Target.Url is an address: {facts.Target?.Host}");

        var seconds = Say($"{resolved.Elapsed.TotalMilliseconds:0.#} ms");
        return resolved.Failure switch
        {
            null => Answer.Passed(
                expected, $"{resolved.Host} is {string.Join(", ", resolved.Addresses)}, in {seconds}"),
            { Kind: NameFailureKind.NoSuchName } missing => Answer.Critical(
                expected, $"{resolved.Host} does not exist, says the resolver: {missing.Message}, in {seconds}",
                "Correct the host of Target.Url (CAPACITY_TARGET_URL); a "
                + "private name resolves only inside its own network."),
            var broken => Answer.Critical(
                expected, $"the resolver could not say whether {resolved.Host} exists: {broken.Message}, in {seconds}",
                "Repair name resolution here (/etc/resolv.conf; in a VPC: "
                + "enableDnsSupport, port 53 open to its resolver)."),
        };
    }

    internal static Answer Trust(CheckContext context)
    {
        const string expected = "Target.Insecure is not set";
        if (context.Settings.Target.Insecure)
            return Answer.Warning(
                expected,
                "CERTIFICATES ARE NOT CHECKED: Target.Insecure is true, so anyone "
                + "on the path could answer in the target's place",
                "Name the certificate authority in Target.CaFile and remove Target.Insecure.");

        var authorities = "the system's authorities"
            + (context.Settings.Target.CaFile is null ? "" : " and Target.CaFile");
        return context.TargetUrl?.Scheme == "wss"
            ? Answer.Passed(expected, $"checked against {authorities}")
            : Answer.NotApplicable(expected, "ws has no certificates");
    }

    internal static async Task<Answer> HandshakeAsync(CheckContext context, CancellationToken cancellationToken)
    {
        const string expected = "101 Switching Protocols, checked as RFC 6455, 4.1 asks";
        try
        {
            var handshake = context.Handshake(cancellationToken);
            var probe = await handshake.WaitAsync(HandshakeDeadline, context.Time, cancellationToken)
                .ConfigureAwait(false);
            return new(probe.Ok ? CheckOutcome.Passed : CheckOutcome.Critical, expected, probe.Actual,
                probe.Ok ? "" : probe.Next);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return Answer.Critical(
                expected, $"no handshake: {error.GetType().Name}: {error.Message}",
                "Open the target's URL with another WebSocket client from this machine, and look at the target's log.");
        }
    }
}
