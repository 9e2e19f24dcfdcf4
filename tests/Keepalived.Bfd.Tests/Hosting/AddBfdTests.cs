using Keepalived.Bfd.Hosting;
using Keepalived.Bfd.Tests.Transport;
using Keepalived.Bfd.Wire;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Keepalived.Bfd.Tests.Hosting;

[Parallelizable(ParallelScope.None)]
public sealed class AddBfdTests
{
    [Test]
    public async Task Host_StartsAndStops_SessionComesAndGoes()
    {
        using var link = new TestLink();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddBfd(options =>
            {
                options.Neighbors.Add(TestLink.Neighbor('a'));
                options.Endpoint = options.Endpoint with { NetworkNamespace = link.Namespace('a') };
            })
            .AddHealthChecks().AddBfd().Services
            .BuildServiceProvider();
        var service = services.GetServices<IHostedService>().Single(service => service.GetType().Name == "BfdHostedService");
        var health = services.GetRequiredService<HealthCheckService>();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy), "nothing runs yet");

        await service.StartAsync(CancellationToken.None);
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy), "there is no neighbour yet");
        var b = (await link.StartAsync('b', TestLink.Neighbor('b'))).Neighbors[0];
        await TestLink.Expect(services.GetRequiredService<BfdEndpoint>().Neighbors.Single(), BfdState.Up);
        var report = await health.CheckHealthAsync();
        Assert.That(report.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(report.Entries["bfd"].Data["to b"], Is.EqualTo("Up"));

        await service.StopAsync(CancellationToken.None);
        await TestLink.Expect(() => b.RemoteState == BfdState.AdminDown, "word of the stop");
    }

    [Test]
    public void Options_Mistakes_FailValidationWithAllOfThem()
    {
        using var services = new ServiceCollection()
            .AddBfd(options =>
            {
                options.Neighbors.Add(TestLink.Neighbor('a') with { HopLimit = 0 });
                options.Neighbors.Add(TestLink.Neighbor('a') with { Name = "other", Interface = "a/b" });
            })
            .BuildServiceProvider();
        Assert.That(
            () => services.GetRequiredService<IOptions<BfdOptions>>().Value,
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("'to b'").And.Message.Contains("'other'"));
    }
}
