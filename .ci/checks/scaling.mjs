// node scaling.mjs <folder for the runs>
// The plan's files as a user takes them to AWS (here moto_server): filled in, applied, read back equal; then a policy above the safe limit
// is found by the suite, mended with the command that it shows, and the next run passes.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join, resolve } from "node:path";
import { assert, check } from "./check.mjs";
import { withMoto } from "./moto.mjs";
import { runSuite, withTarget } from "./processes.mjs";

const root = resolve(process.argv[2]);
rmSync(root, { recursive: true, force: true });
mkdirSync(root, { recursive: true });

const cluster = "main";
const service = "chat";
const quick = { CAPACITY_LADDER_STEPS: "10,25", CAPACITY_LADDER_PAUSE: "0s", CAPACITY_PLAN_TARGETCONNECTIONS: "100" };
const files = join(root, "unnamed/scaling");
const read = (name) => JSON.parse(readFileSync(join(files, name), "utf8"));

/** Runs the suite with a reports folder of its own; gives its exit code, its screen, and its capacity.json. */
async function run(name, settings) {
  const reports = join(root, name);
  const { code, screen } = await runSuite({ ...quick, ...settings, CAPACITY_REPORTS_DIRECTORY: reports });
  writeFileSync(join(root, `${name}.log`), screen);
  return { code, screen, json: JSON.parse(readFileSync(join(reports, "capacity.json"), "utf8")) };
}

/** The check of that id, wherever it stands in the report. */
const finding = (json, id) => typeof json !== "object" || json === null ? undefined
  : json.id === id ? json : Object.values(json).map((value) => finding(value, id)).find((found) => found !== undefined);

/** Every member of the file is in AWS's answer, as it was written. */
function assertHolds(answer, name) {
  for (const [key, value] of Object.entries(read(name)))
    assert.ok(isDeepStrictEqual(answer?.[key], value), `${name}: ${key} is ${JSON.stringify(answer?.[key])}, not ${JSON.stringify(value)}`);
}

/** A service behind a load balancer, as the seed has it; gives the load balancer's name in CloudWatch. */
function makeService(aws) {
  const [one, two] = aws("ec2", "describe-subnets").Subnets;
  const balancer = aws("elbv2", "create-load-balancer", "--name", "chat", "--subnets", one.SubnetId, two.SubnetId).LoadBalancers[0].LoadBalancerArn;
  const group = aws("elbv2", "create-target-group", "--name", "chat", "--protocol", "HTTP", "--port", "8080", "--target-type", "ip", "--vpc-id", one.VpcId).TargetGroups[0].TargetGroupArn;
  aws("elbv2", "create-listener", "--load-balancer-arn", balancer, "--protocol", "HTTP", "--port", "80", "--default-actions", `Type=forward,TargetGroupArn=${group}`);
  aws("elbv2", "modify-load-balancer-attributes", "--load-balancer-arn", balancer, "--attributes", "Key=idle_timeout.timeout_seconds,Value=120");
  aws("ecs", "create-cluster", "--cluster-name", cluster);
  aws("ecs", "register-task-definition", "--cli-input-json", JSON.stringify({
    family: "chat", requiresCompatibilities: ["FARGATE"], networkMode: "awsvpc", cpu: "512", memory: "1024",
    containerDefinitions: [{ name: "chat", image: "chat:1", essential: true, memory: 1024, portMappings: [{ containerPort: 8080 }],
      ulimits: [{ name: "nofile", softLimit: 65535, hardLimit: 65535 }] }],
  }));
  aws("ecs", "create-service", "--cluster", cluster, "--service-name", service, "--task-definition", "chat", "--desired-count", "2", "--launch-type", "FARGATE",
    "--network-configuration", `awsvpcConfiguration={subnets=[${one.SubnetId}],securityGroups=[]}`, "--health-check-grace-period-seconds", "60",
    "--load-balancers", `targetGroupArn=${group},containerName=chat,containerPort=8080`);
  return balancer.slice(balancer.indexOf("app/"));
}

await withMoto(async ({ environment, aws }) => {
  const shell = (script, ...words) => spawnSync("sh", [script, ...words].filter(Boolean), { env: { ...process.env, ...environment }, encoding: "utf8", timeout: 300_000 });
  const balancer = makeService(aws);
  const policiesOf = () => aws("application-autoscaling", "describe-scaling-policies", "--service-namespace", "ecs").ScalingPolicies;
  // Applies the files; gives the policies and alarms that are live then.
  const apply = (options) => {
    const done = shell(join(files, "commands.sh"), ...options);
    assert.equal(done.status, 0, done.stdout + done.stderr);
    return [...policiesOf(), ...aws("cloudwatch", "describe-alarms").MetricAlarms];
  };

  await check("a run without names: the plan's files, with placeholders that commands.sh refuses", async () => {
    const { code, screen, json } = await run("unnamed", {});
    assert.equal(code, 0, screen.slice(-3000));
    assert.deepEqual([...json.plan.files].sort(), readdirSync(files).sort());
    assert.deepEqual([read("scalable-target.json").MinCapacity, read("scalable-target.json").MaxCapacity], [json.plan.minimum, json.plan.maximum]);
    assert.equal(read("connections-policy.json").TargetTrackingScalingPolicyConfiguration.TargetValue, json.plan.targetPerTask);
    assert.deepEqual(readdirSync(files).sort(), [
      "README.md", "alarm-at-maximum.json", "alarm-connections.json", "alarm-echo-time.json", "alarm-rejected.json", "alarm-response-time.json", "cloudformation.json",
      "commands.sh", "connections-policy.json", "echo-time-policy.json", "response-time-policy.json", "scalable-target.json"]);
    const refused = shell(join(files, "commands.sh"));
    assert.equal(refused.status, 2, refused.stderr);
    assert.match(refused.stderr, /nothing was applied[^]*missing: YOUR_CLUSTER, YOUR_SERVICE, app\/YOUR_LOAD_BALANCER\/ID\n$/);
    assert.deepEqual(policiesOf(), []);
  });

  await check("filled in, the AWS CLI takes every file, and what is read back is equal", () => {
    for (const name of readdirSync(files)) {
      const path = join(files, name);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll("YOUR_CLUSTER", cluster).replaceAll("YOUR_SERVICE", service).replaceAll("app/YOUR_LOAD_BALANCER/ID", balancer));
    }
    assert.equal(shell(join(files, "commands.sh")).status, 3, "Container Insights is off, and nobody asked for it");
    const applied = [["--container-insights", "--set-desired", "--response-time"], ["--echo"]].flatMap(apply);
    assertHolds(aws("application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs").ScalableTargets[0], "scalable-target.json");
    for (const name of readdirSync(files).filter((name) => /-policy\.json$|^alarm-/.test(name)))
      assertHolds(applied.find((one) => (one.PolicyName ?? one.AlarmName) === (read(name).PolicyName ?? read(name).AlarmName)), name);
    const planned = Number(/^tasks=(\d+)$/m.exec(readFileSync(join(files, "commands.sh"), "utf8"))[1]);
    assert.equal(aws("ecs", "describe-services", "--cluster", cluster, "--services", service).services[0].desiredCount, planned);
  });

  await check("a live maximum above the plan's is kept, and is said to be", () => {
    const planned = read("scalable-target.json");
    const target = ["--service-namespace", "ecs", "--resource-id", planned.ResourceId, "--scalable-dimension", planned.ScalableDimension];
    aws("application-autoscaling", "register-scalable-target", ...target, "--max-capacity", "100");
    const kept = shell(join(files, "commands.sh"));
    assert.match(kept.stdout, new RegExp(`^kept: maximum 100 \\(plan: ${planned.MaxCapacity}\\)$`, "m"));
    assert.deepEqual(policiesOf().map((policy) => policy.PolicyName), [read("connections-policy.json").PolicyName]);
    assert.equal(shell(join(files, "commands.sh"), "--force").status, 0);
    assertHolds(aws("application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs").ScalableTargets[0], "scalable-target.json");
  });

  // As the check Service.OneTask asks: what several tasks hold together is the limit of none.
  aws("ecs", "update-service", "--cluster", cluster, "--service", service, "--desired-count", "1");

  // A target that refuses: only a limit that was seen makes a policy above it critical.
  await withTarget(["--cap", "20"], async (url) => {
    const deployed = { ...environment, CAPACITY_TARGET_URL: url, CAPACITY_AWS_CLUSTER: cluster, CAPACITY_AWS_SERVICE: service, CAPACITY_AWS_LOADBALANCER: balancer, CAPACITY_AWS_METRICSWAIT: "0s" };
    let mend;

    await check("a deployed target above the safe limit: exit 1, and the screen shows the commands that mend it", async () => {
      const policy = read("connections-policy.json");
      policy.TargetTrackingScalingPolicyConfiguration.TargetValue *= 10;
      aws("application-autoscaling", "put-scaling-policy", "--cli-input-json", JSON.stringify(policy));
      const { code, screen, json } = await run("above", deployed);
      assert.equal(code, 1, screen.slice(-3000));
      const found = finding(json, "Scaling.ConnectionsPolicy");
      assert.equal(found.outcome, "critical", JSON.stringify(found));
      assert.match(found.next, /aws application-autoscaling put-scaling-policy /);
      // The bounds are those of the run without a limit, which planned for fewer tasks.
      mend = ["Scaling.ConnectionsPolicy", "Scaling.Bounds"].map((id) => /aws application-autoscaling .*$/m.exec(finding(json, id).next)[0]);
      assert.ok(screen.includes("aws application-autoscaling put-scaling-policy"), screen.slice(-3000));
    });

    await check("those commands as they stand mend it: the next run passes", async () => {
      for (const command of mend) {
        const mended = shell("-c", command);
        assert.equal(mended.status, 0, mended.stderr);
      }
      const { code, screen, json } = await run("mended", deployed);
      assert.equal(code, 0, screen.slice(-3000));
      assert.equal(finding(json, "Scaling.ConnectionsPolicy").outcome, "passed");
    });
  });
});
