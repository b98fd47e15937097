package dev.turnpike.testkit;

import java.io.File;
import java.util.Map;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a window, in which no script runs. */
public final class Browser implements AutoCloseable {
  private static final String CHROMIUM = "/usr/bin/chromium";
  private static final String DRIVER = "/usr/bin/chromedriver";

  private final ChromeDriverService service;
  private final ChromeDriver driver;

  private Browser(ChromeDriverService service, ChromeDriver driver) {
    this.service = service;
    this.driver = driver;
  }

  /** Whether there is one; says so where there is not. */
  public static boolean isHere() {
    boolean here = new File(CHROMIUM).canExecute() && new File(DRIVER).canExecute();
    if (!here) {
      System.out.println("skipped: there is no Chromium (Debian: chromium, chromium-driver)");
    }
    return here;
  }

  /** Starts one. */
  public static Browser withoutScripts() {
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER))
            .usingAnyFreePort()
            .build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    // as root there is no sandbox; what it opens is ours
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu");
    options.setExperimentalOption(
        "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    return new Browser(service, new ChromeDriver(service, options));
  }

  public Browser open(String url) {
    driver.get(url);
    return this;
  }

  public WebElement find(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** The text of the whole page, as it is seen. */
  public String text() {
    return text("body");
  }

  /** The text of what is there now; empty while there is none, or the page is on its way. */
  public String text(String css) {
    try {
      return find(css).getText();
    } catch (NoSuchElementException | StaleElementReferenceException loading) {
      return "";
    }
  }

  /** Waits until it says this. */
  public void awaits(String css, String text) {
    Eventually.holds(css + " says " + text, () -> text(css).contains(text));
  }

  public String url() {
    return String.valueOf(driver.getCurrentUrl());
  }

  @Override
  public void close() {
    driver.quit();
    service.stop();
  }
}
