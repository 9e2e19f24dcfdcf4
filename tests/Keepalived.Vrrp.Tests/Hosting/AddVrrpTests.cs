using Keepalived.Vrrp.Hosting;
using Keepalived.Vrrp.Tests.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Keepalived.Vrrp.Tests.Hosting;

[NonParallelizable]
public sealed class AddVrrpTests
{
    private static readonly VirtualRouterOptions Web = new()
    {
        Name = "web",
        VirtualRouterId = 51,
        Interface = TestLink.Interface,
        Priority = 200,
        AdvertisementInterval = TimeSpan.FromMilliseconds(50),
        Addresses = [VirtualAddress.Parse("10.91.0.100/24")],
    };

    [Test]
    public async Task Host_StartsAndStops_RouterComesAndGoes()
    {
        using var link = new TestLink();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddVrrp(options =>
            {
                options.Routers.Add(Web);
                options.Engine = options.Engine with { NetworkNamespace = link.Namespace('a') };
            })
            .AddHealthChecks().AddVrrp().Services
            .BuildServiceProvider();
        var service = services.GetServices<IHostedService>().Single(service => service.GetType().Name == "VrrpHostedService");
        var health = services.GetRequiredService<HealthCheckService>();
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy), "nothing runs yet");

        await service.StartAsync(CancellationToken.None);
        var router = services.GetRequiredService<VrrpEngine>().Routers.Single();
        await TestLink.Expect(router, VrrpState.Master);
        var report = await health.CheckHealthAsync();
        Assert.That(report.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(report.Entries["vrrp"].Data["web"], Is.EqualTo("Master"));

        link.Ip('a', "link set eth0 down");
        await TestLink.Expect(router, VrrpState.Fault);
        Assert.That((await health.CheckHealthAsync()).Status, Is.EqualTo(HealthStatus.Unhealthy));

        await service.StopAsync(CancellationToken.None);
        Assert.That(link.Holds('a', "10.91.0.100"), Is.False);
    }

    [Test]
    public void Options_Mistakes_FailValidationWithAllOfThem()
    {
        using var services = new ServiceCollection()
            .AddVrrp(options =>
            {
                options.Routers.Add(Web with { Interface = null });
                options.Routers.Add(Web with { Name = "other", Priority = 0 });
            })
            .BuildServiceProvider();
        Assert.That(
            () => services.GetRequiredService<IOptions<VrrpOptions>>().Value,
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("'web'").And.Message.Contains("'other'"));
    }
}
